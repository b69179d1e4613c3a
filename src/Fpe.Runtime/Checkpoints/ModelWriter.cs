using System.Globalization;
using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Checkpoints;

/// <summary>Converts a model to metadata and tensors.</summary>
/// <param name="model">The model.</param>
/// <param name="form">How the weights of expanded layers are stored.</param>
internal sealed class ModelWriter(Model model, WeightForm form)
{
    /// <summary>The suffix of the name of a weight whose existing values only are stored.</summary>
    public const string ValuesSuffix = "_values";

    /// <summary>Prepares a file and checks that the model fits into it.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="examples">Examples that the file keeps; null for none.</param>
    /// <exception cref="CheckpointFormatException">The model does not fit.</exception>
    /// <exception cref="DatasetException">The examples do not fit the model.</exception>
    public SafetensorsWriter ToFile(string file, Dataset? examples = null)
    {
        foreach (EdgeLayer layer in model.EdgeLayers)
        {
            EdgeLayout edges = layer.Edges;
            long elements = (long)edges.OutputCount * edges.InputCount;
            if (form == WeightForm.Dense && elements > Array.MaxLength)
                throw new CheckpointFormatException(file, $"it was not saved, because {layer.Weight.Name} has {edges.OutputCount} × {edges.InputCount} elements with zeros filled in, but the maximum is {Array.MaxLength}; use WeightForm.Sparse.");
        }

        return examples is null
            ? new SafetensorsWriter(file, Metadata(), Tensors())
            : new SafetensorsWriter(file, Metadata().Append(ExampleTensors.Metadata(examples)), Tensors().Concat(ExampleTensors.Of(examples, model.Plan)));
    }

    /// <summary>Returns the metadata: format, plan, seed, meaning, and the structure of each weight of an expanded model.</summary>
    public IEnumerable<KeyValuePair<string, string>> Metadata()
    {
        yield return new("format", "pt");
        bool hasLists = model.IsExpanded && model.EdgeLayers.Any(layer => LayoutTensors.HasLists(layer.Edges));
        yield return new(FileKeys.Version, hasLists ? FileKeys.VersionOfLists : FileKeys.VersionOfFlags);
        yield return new(FileKeys.Plan, PlanJson.Write(model.Plan));
        yield return new(FileKeys.Seed, model.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new(FileKeys.Expanded, model.IsExpanded ? "true" : "false");
        foreach (KeyValuePair<string, string> entry in MeaningMetadata.Of(model.Meaning))
            yield return entry;
        if (!model.IsExpanded)
            yield break;
        foreach (EdgeLayer layer in model.EdgeLayers)
            yield return new(FileKeys.Structure + layer.Weight.Name, layer.Edges.Structure.ToString());
    }

    /// <summary>Returns the tensors: the index data and values of each parameter.</summary>
    public IEnumerable<Tensor> Tensors() => model.Layers.SelectMany((layer, l) => model.Plan.HasEdges(l) ? Of((EdgeLayer)layer) : layer.Parameters.Select(Of));

    private IEnumerable<Tensor> Of(EdgeLayer layer)
    {
        if (model.IsExpanded)
        {
            foreach (Tensor index in new LayoutTensors(layer.Weight.Name).Of(layer.Edges))
                yield return index;
        }

        bool isWhole = layer.Edges.EdgeCount == (long)layer.Edges.OutputCount * layer.Edges.InputCount;
        if (form == WeightForm.Sparse && !isWhole)
            yield return Numbers(layer.Weight.Name + ValuesSuffix, [layer.Edges.EdgeCount], RowMajorOrder.ToEdges(layer.Edges, layer.ReadWeights()));
        else
            yield return Numbers(layer.Weight.Name, layer.TensorShapeOf(layer.Edges), DenseMatrix.Of(layer.Edges, layer.ReadWeights()));
        yield return Numbers(layer.Bias.Name, [layer.Edges.OutputCount], layer.ReadBiases());
    }

    /// <summary>Returns the tensor of a parameter whose elements all exist.</summary>
    private Tensor Of(Parameter parameter)
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return Numbers(parameter.Name, [.. parameter.Shape], values);
    }

    private Tensor Numbers(string name, long[] shape, double[] values) => Tensor.OfNumbers(name, model.Device.ElementType, shape, values);
}
