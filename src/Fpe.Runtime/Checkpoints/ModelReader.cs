using System.Globalization;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Checkpoints;

/// <summary>
/// Reads a model from a file written by this library or another tool, and checks everything before the model changes: the format, the plan,
/// the structure, the counts, and that all numbers are finite.
/// </summary>
internal sealed class ModelReader
{
    private readonly SafetensorsReader reader;
    private readonly Model model;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<ExpandedLayer> layers = [];
    private readonly List<LoadedParameter> parameters = [];
    private readonly List<LoadedValues> others = [];
    private readonly bool isOurs;
    private readonly bool isExpanded;

    private ModelReader(SafetensorsReader reader, Model model)
    {
        this.reader = reader;
        this.model = model;
        isOurs = RequireVersion(reader);
        isExpanded = isOurs ? FileChecks.ReadFlag(reader, FileKeys.Expanded) : model.IsExpanded;
    }

    /// <summary>Reads a model without changing it.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="model">The model that the file must match.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointMismatchException">The file does not fit the model.</exception>
    /// <exception cref="CheckpointValueException">A number is invalid.</exception>
    public static LoadedModel Read(SafetensorsReader reader, Model model) => new ModelReader(reader, model).Read();

    /// <summary>Returns the seed of the saved model; 0 if another tool wrote the file.</summary>
    /// <exception cref="CheckpointFormatException">The metadata does not contain a seed.</exception>
    public static long SeedOf(SafetensorsReader reader) => RequireVersion(reader) ? FileChecks.ReadSeed(reader) : 0;

    /// <summary>Returns whether the file was written by this library; if so, its version must be known.</summary>
    private static bool RequireVersion(SafetensorsReader reader)
    {
        if (!reader.Metadata.TryGetValue(FileKeys.Version, out string? version))
            return false;
        return version switch
        {
            FileKeys.VersionOfFlags or FileKeys.VersionOfLists => true,
            FileKeys.VersionOfBytes => throw new CheckpointMismatchException(reader.File, "it has a network of 8 bits, which only predicts; load it with LoadPredictor."),
            _ => throw new CheckpointMismatchException(reader.File, $"it has format version {version}, but this library reads versions {FileKeys.VersionOfFlags} to {FileKeys.VersionOfBytes}; update the library."),
        };
    }

    private LoadedModel Read()
    {
        if (isOurs)
            PlanJson.RequireSame(reader.Metadata.GetValueOrDefault(FileKeys.Plan) ?? "", model.Plan, isExpanded, reader.File);
        if (isExpanded && !model.Plan.IsExpanded)
            throw new CheckpointMismatchException(reader.File, $"it contains an expanded model, but {model.Plan.Name} has no layer to expand; load it into the model that was saved.");
        if (!isExpanded && model.IsExpanded)
            throw new CheckpointMismatchException(reader.File, $"it contains a dense parent, but {model.Plan.Name} is expanded; load it into a new model.");

        LayerShape[] shapes = model.Plan.LayerShapes();
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (model.Plan.HasEdges(l))
                Read((EdgeLayer)model.Layers[l], shapes[layers.Count]);
            else
                ReadPlain(l);
        }

        long weights = layers.Sum(layer => (long)layer.Layout.EdgeCount) + others.Where(other => other.IsWeight).Sum(other => other.Values.LongLength);
        FileChecks.RequireCount(reader, model.Plan, isExpanded, weights);
        RequireNothingElse();
        return new LoadedModel(isExpanded, layers, parameters, others, MeaningMetadata.Read(reader, model.Plan, model.Meaning));
    }

    private void Read(EdgeLayer layer, LayerShape shape)
    {
        EdgeLayout layout = isOurs && isExpanded ? ReadLayout(layer, shape) : layer.Edges;
        layers.Add(new ExpandedLayer(layout, ReadWeights(layer, layout), ReadBiases(layer, layout)));
        parameters.Add(new LoadedParameter(layer.Weight.Name, layout.EdgeCount));
        parameters.Add(new LoadedParameter(layer.Bias.Name, HasTiedBiases(layer) ? layer.NeuronCount : layout.OutputCount));
    }

    /// <summary>Reads a layer whose parameter elements all exist.</summary>
    private void ReadPlain(int layer)
    {
        foreach ((int index, Parameter parameter) in model.Layers[layer].Parameters.Index())
        {
            IReadOnlyList<long> shape = isExpanded && parameter.Role.FollowsWidth() ? [model.Plan.ExpandedUnitsOf(layer)] : parameter.Shape;
            double[] values = reader.ReadNumbers(parameter.Name, [.. shape]);
            used.Add(parameter.Name);
            RequireFinite(parameter.Name, values, layout: null);
            others.Add(new LoadedValues(layer, index, parameter.IsWeight, values));
            parameters.Add(new LoadedParameter(parameter.Name, values.Length));
        }
    }

    private EdgeLayout ReadLayout(EdgeLayer layer, LayerShape shape)
    {
        EdgeLayout layout = new LayoutTensors(layer.Weight.Name).Read(reader, shape.Outputs, shape.Inputs);
        used.UnionWith(LayoutTensors.Names(layer.Weight.Name));
        return layout;
    }

    private double[] ReadWeights(EdgeLayer layer, EdgeLayout layout)
    {
        string name = layer.Weight.Name;
        double[] slots;
        if (isOurs && reader.Tensors.ContainsKey(name + ModelWriter.ValuesSuffix))
        {
            name += ModelWriter.ValuesSuffix;
            slots = RowMajorOrder.ToSlots(layout, reader.ReadNumbers(name, layout.EdgeCount));
        }
        else
        {
            slots = DenseMatrix.ToSlots(layout, reader.ReadNumbers(name, layer.TensorShapeOf(layout)), out int stray);
            if (stray >= 0)
                throw new CheckpointValueException(reader.File, $"tensor {name} is not 0 at [{stray / layout.InputCount}, {stray % layout.InputCount}], where {model.Plan.Name} has no edge; set it to 0.");
        }

        used.Add(name);
        RequireFinite(layer.Weight.Name, slots, layout);
        return slots;
    }

    private double[] ReadBiases(EdgeLayer layer, EdgeLayout layout)
    {
        double[] biases = reader.ReadNumbers(layer.Bias.Name, layout.OutputCount);
        used.Add(layer.Bias.Name);
        RequireFinite(layer.Bias.Name, biases, layout: null);
        if (HasTiedBiases(layer))
            RequireTied(layer, biases);
        return biases;
    }

    private bool HasTiedBiases(EdgeLayer layer) => isExpanded && layer.Plan.Expansion is { TiesBiases: true, IsExpanded: true };

    private void RequireTied(EdgeLayer layer, double[] biases)
    {
        for (int output = 0; output < biases.Length; output++)
        {
            int first = layer.Plan.ChildRows.FirstSiblingOf(output);
            if (!biases[output].Equals(biases[first]))
                throw new CheckpointValueException(reader.File, string.Create(CultureInfo.InvariantCulture, $"{layer.Bias.Name} is {biases[output]} at [{output}], but {biases[first]} at [{first}], and children of {layer.Name} share one bias; make them equal."));
        }
    }

    private void RequireFinite(string name, double[] values, EdgeLayout? layout)
    {
        if (FiniteCheck.Find(values, layout, model.Device.ElementType) is { } found)
            throw new CheckpointValueException(reader.File, $"{name} is {found}, which is not finite in {model.Device.ElementType}; training diverged before it was saved.");
    }

    private void RequireNothingElse()
    {
        string? stray = reader.Tensors.Keys.FirstOrDefault(
            name => !used.Contains(name) && !IsPartOf(FileKeys.Training, FileKeys.TrainingTensors, name) && !IsPartOf(FileKeys.Examples, FileKeys.ExampleTensors, name));
        if (stray is not null)
            throw new CheckpointMismatchException(reader.File, $"tensor {stray} {reader.Tensors[stray].ShapeText} does not belong to {model.Plan.Name}; rename or remove it.");
    }

    /// <summary>Returns whether a tensor belongs to what a file has besides its model.</summary>
    private bool IsPartOf(string key, string prefix, string tensor) =>
        reader.Metadata.ContainsKey(key) && tensor.StartsWith(prefix, StringComparison.Ordinal);
}
