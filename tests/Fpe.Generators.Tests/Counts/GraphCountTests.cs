using System.Runtime.Loader;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Counts;

/// <summary>Models that are no chain: the runtime builds, expands and runs what the compiler accepted, with the counts that it proved.</summary>
public sealed class GraphCountTests
{
    [Theory]
    [InlineData(
        "[Model(6), Expand(2, Outgoing = Outgoing.Deal)]", 6, "[Linear(8), Relu] public partial Linear Stem { get; }", "[LayerNorm] public partial LayerNorm Norm { get; }",
        "[Linear(8), Relu] public partial Linear Branch { get; }", "[Add(nameof(Norm), nameof(Branch))] public partial Add Sum { get; }",
        "[Gelu] public partial Activation Bend { get; }", "[Linear(4)] public partial Linear Logits { get; }")]
    [InlineData(
        "[Model(6, CountBiases = true), Expand(2)]", 6, "[Linear(8), Relu] public partial Linear First { get; }",
        "[Linear(16, From = ModelAttribute.Sample), Relu, Expand(1)] public partial Linear Second { get; }",
        "[Concat(nameof(First), ModelAttribute.Sample, nameof(Second))] public partial Concat Both { get; }", "[Linear(30)] public partial Linear Logits { get; }")]
    [InlineData(
        "[Model(6), NonZeroBudget(60)]", 6, "[Linear(8), Relu, Expand(4, Split.Learned)] public partial Linear Hidden { get; }", "[Linear(3)] public partial Linear Classes { get; }",
        "[Linear(3, From = ModelAttribute.Sample)] public partial Linear Skip { get; }", "[Add(nameof(Classes), nameof(Skip))] public partial Add Logits { get; }")]
    [InlineData(
        "[Model(1, 4, 4)]", 16, "[Conv2d(3, 3, Padding = 1)] public partial Conv2d Edges { get; }", "[BatchNorm] public partial BatchNorm Norm { get; }",
        "[Relu] public partial Activation Bend { get; }", "[Concat(nameof(Bend), ModelAttribute.Sample)] public partial Concat Both { get; }",
        "[GlobalAvgPool2d] public partial GlobalAvgPool2d Means { get; }", "[Linear(3)] public partial Linear Logits { get; }")]
    public void The_runtime_agrees(string attributes, int inputs, params string[] members)
    {
        string source = $"#pragma warning disable CS1591\nusing Fpe;\n{attributes}\npublic sealed partial class Net\n{{\n{string.Join("\n", members)}\n}}";
        GeneratedProject project = TestProject.Generate(TestProject.Compile(source));
        Assert.Empty(project.Result.Diagnostics);
        using var image = new MemoryStream();
        Assert.Empty(project.Compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        Type net = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Net", throwOnError: true)!;

        // The plan compares the emitted constants with its own counts, and the model its weights with those of the plan.
        using var model = (global::Fpe.Model)Activator.CreateInstance(net, 1L)!;
        Assert.All(Outputs(model, inputs), output => Assert.True(float.IsFinite(output)));
        if (model.Plan.IsExpanded && !model.Plan.LearnsEdges)
            model.Expand();
        Assert.All(Outputs(model, inputs), output => Assert.True(float.IsFinite(output)));
        Assert.Equal(net.GetField("DenseBiases")!.GetRawConstantValue(), model.Plan.DenseBiases);
        Assert.Equal(net.GetField("ExpandedBiases")!.GetRawConstantValue(), model.Plan.ExpandedBiases);
    }

    private static float[] Outputs(global::Fpe.Model model, int inputs)
    {
        var forward = model.GetType().GetMethod("Forward", [typeof(ReadOnlySpan<float>)])!.CreateDelegate<Forward>(model);
        return forward([.. Enumerable.Range(0, 2 * inputs).Select(i => i / 10f)]);
    }

    private delegate float[] Forward(ReadOnlySpan<float> inputs);
}
