using Fpe.Onnx.Layers;

namespace Fpe.Onnx.Export;

/// <summary>Counts the weights in the constants to be written, and compares them with the model and the compiler's counts.</summary>
internal static class WeightCheck
{
    /// <summary>Checks every layer and the model.</summary>
    /// <exception cref="WeightCountException">A count differs.</exception>
    public static void Require(Model model, IReadOnlyList<WrittenLayer> layers)
    {
        long total = 0;
        foreach (WrittenLayer layer in layers)
        {
            long counted = layer.CountWeights();
            Require($"{model.Plan.Name}.{layer.Layer.Name}", layer.ModelWeights, counted);
            total += counted;
        }

        Require(model.Plan.Name, model.IsExpanded ? model.Plan.ExpandedWeights : model.Plan.DenseWeights, total);
    }

    private static void Require(string where, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(where, "weights in the ONNX file", declared, counted);
    }
}
