using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests.Import;

/// <summary>What the exporter writes of a chain is imported with the same predictions, and everything else is refused.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void A_dense_parent_is_imported_as_it_was_exported(string name)
    {
        using PlannedModel model = Exported.Parent(name);
        model.ExportOnnx(file);
        using var imported = new PlannedModel(model.Plan, seed: 4);
        if (!IsChain(model.Plan))
        {
            Assert.Throws<OnnxImportException>(() => imported.ImportOnnx(file));
            return;
        }

        OnnxImport import = imported.ImportOnnx(file);
        RequireEqual(model, imported);
        Assert.Equal(model.Layers.Where(layer => layer is EdgeLayer).Select(layer => layer.Name), import.Layers.Where(layer => layer.Operator is "Gemm" or "Conv").Select(layer => layer.Layer));
    }

    [Theory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void An_expanded_model_with_zeros_is_loaded_as_a_dense_one(string name)
    {
        using Exported exported = Exported.Of(name, new OnnxExportOptions { Dense = true });
        if (!IsChain(exported.Model.Plan) || name == "dropout alone")
            return;
        File.WriteAllBytes(file, exported.Bytes);
        using PlannedModel loaded = OnnxImporter.Load(file);
        RequireEqual(exported.Model, loaded);
    }

    [Fact]
    public void Gathered_blocks_are_refused()
    {
        using Exported exported = Exported.Of("wide share");
        File.WriteAllBytes(file, exported.Bytes);
        Assert.Equal(
            $"{file}: node 'Hidden/Size' (Size) reads 'input' [40] and begins the gathered blocks of an expanded layer; export the model with OnnxExportOptions {{ Dense = true }}.",
            Assert.Throws<OnnxImportException>(() => OnnxImporter.Load(file)).Message);
    }

    [Fact]
    public void Layers_keep_their_names()
    {
        using PlannedModel model = Exported.Parent("image");
        model.ExportOnnx(file);
        using PlannedModel loaded = OnnxImporter.Load(file);
        Assert.Equal(["Filters", "Pool1", "Flat1", "Hidden", "Logits"], loaded.Layers.Select(layer => layer.Name));
    }

    private static void RequireEqual(PlannedModel expected, PlannedModel actual)
    {
        float[] samples = Exported.Samples(expected.Plan, 7);
        Near.Equal(expected.Outputs(samples), actual.Outputs(samples));
    }

    /// <summary>Whether all layers are known to the importer, and each reads the one before it.</summary>
    private static bool IsChain(ModelPlan plan) =>
        Enumerable.Range(0, plan.Layers.Count).All(layer => plan.SourcesOf(layer) is [int source] && source == layer - 1)
        && plan.Layers.All(layer => layer is LinearPlan { Places: 1 } or Conv2dPlan or DepthwiseConv2dPlan or MaxPool2dPlan or AvgPool2dPlan
            or GlobalAvgPool2dPlan or BatchNormPlan or FlattenPlan or DropoutPlan or Dropout2dPlan or ActivationPlan);
}
