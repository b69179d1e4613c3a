using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Checkpoints;

/// <summary>Reads the tensors of a mapping for a model that is not expanded.</summary>
internal static class ImportedWeights
{
    /// <summary>Reads all numbers without changing the model, which keeps its meaning.</summary>
    /// <exception cref="CheckpointMismatchException">A tensor contains integers.</exception>
    /// <exception cref="CheckpointValueException">A number is not finite.</exception>
    public static LoadedModel Read(SafetensorsReader reader, Model model, WeightMapping mapping)
    {
        Dictionary<string, MappedTensor> byParameter = mapping.Tensors.Where(mapped => mapped.Parameter is not null).ToDictionary(mapped => mapped.Parameter!, StringComparer.Ordinal);
        var layers = new List<ExpandedLayer>();
        var parameters = new List<LoadedParameter>();
        var others = new List<LoadedValues>();
        foreach ((int l, Layer layer) in model.Layers.Index())
        {
            double[][] values = [.. layer.Parameters.Select(parameter => Read(reader, byParameter[parameter.Name]))];
            parameters.AddRange(layer.Parameters.Zip(values, (parameter, numbers) => new LoadedParameter(parameter.Name, numbers.Length)));
            EdgeLayout? layout = model.Plan.HasEdges(l) ? ((EdgeLayer)layer).Edges : null;
            if (layout is not null)
            {
                values[0] = DenseMatrix.ToSlots(layout, values[0], out _);
                layers.Add(new ExpandedLayer(layout, values[0], values[1]));
            }
            else
            {
                others.AddRange(layer.Parameters.Select((parameter, index) => new LoadedValues(l, index, parameter.IsWeight, values[index])));
            }

            foreach ((Parameter parameter, double[] numbers) in layer.Parameters.Zip(values))
                RequireFinite(reader, model, byParameter[parameter.Name], numbers, parameter.Edges is null ? null : layout);
        }

        return new LoadedModel(IsExpanded: false, layers, parameters, others, model.Meaning);
    }

    private static double[] Read(SafetensorsReader reader, MappedTensor mapped) => mapped.Tensor is null
        ? new double[mapped.Shape.Aggregate(1L, (product, size) => product * size)]
        : reader.ReadNumbers(mapped.Tensor, [.. mapped.Shape]);

    private static void RequireFinite(SafetensorsReader reader, Model model, MappedTensor mapped, double[] values, EdgeLayout? layout)
    {
        if (FiniteCheck.Find(values, layout, model.Device.ElementType) is { } found)
            throw new CheckpointValueException(reader.File, $"tensor {mapped.Tensor}, which belongs to {mapped.Parameter}, is {found}, which is not finite in {model.Device.ElementType}; export a model whose training did not diverge.");
    }
}
