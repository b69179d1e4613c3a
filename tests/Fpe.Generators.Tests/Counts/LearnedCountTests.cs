using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Counts;

/// <summary>
/// Compiler and runtime agree on models that learn their edges and on N:M patterns: which of them can be, and how many weights they have.
/// </summary>
public sealed class LearnedCountTests
{
    /// <summary>The images under chains that start with a convolution, which keeps their size.</summary>
    private const int Channels = 2, Height = 4, Width = 3, Pixels = Height * Width, Kernel = 3;

    private static readonly Gen<DrawnLayer> Layer =
        from neurons in Gen.Elements(1, 4, 8, 12, 24, 31)
        from factor in Gen.Elements(1, 2, 2, 3, 4, 40)
        from expands in Gen.Elements(true, true, true, false)
        from kept in Gen.Elements(0, 0, 1, 2)
        select new DrawnLayer(neurons, factor, expands, Within: kept * factor);

    private static readonly Gen<DrawnModel> Model =
        from inputs in Gen.Elements(1, 8, 24, 48, 96, 31)
        from filters in Gen.Elements(0, 0, 0, 2)
        from countBiases in Gen.Elements(true, false, false)
        from learns in Gen.Elements(true, true, true, false)
        from layers in Layer.ArrayOf(3)
        from depth in Gen.Elements(1, 2, 2, 3)
        select new DrawnModel(inputs, filters, countBiases, learns, layers[..depth]);

    [Fact]
    public void Compiler_and_runtime_agree()
    {
        int accepted = 0;
        int refused = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Model.ToArbitrary(), drawn =>
        {
            bool isCompiled = false;
            foreach (long? budget in BudgetsOf(drawn))
            {
                LayerPlan[] layers = LayersOf(drawn);
                GeneratedProject project = TestProject.Generate(TestProject.Compile(SourceOf(drawn, layers, budget)));
                ModelPlan? plan = PlanOf(drawn, layers, budget);
                Assert.Equal(plan is null, project.Result.Diagnostics.Any());
                refused += plan is null ? 1 : 0;
                if (plan is null || isCompiled)
                    continue;
                AssertSame(plan, Emitted(project));
                isCompiled = true;
                accepted++;
            }
        }));
        Assert.True(accepted > 5 && refused > 5, $"{accepted} models were accepted and {refused} refused");
    }

    /// <summary>The output layer stays as wide as it is.</summary>
    private static LayerPlan[] LayersOf(DrawnModel drawn)
    {
        var layers = new List<LayerPlan>();
        int width = drawn.Inputs;
        if (drawn.Filters > 0)
        {
            layers.Add(new Conv2dPlan("Edges", new ImageShape(Channels, Height, Width), drawn.Filters, Kernel, Padding: 1));
            layers.Add(new FlattenPlan("Features", new ImageShape(drawn.Filters, Height, Width)));
            width = drawn.Filters * Pixels;
        }

        for (int l = 0; l < drawn.Layers.Length; l++)
        {
            layers.Add(new LinearPlan($"Layer{l}", width, drawn.Layers[l].Neurons) { Expansion = ExpansionOf(drawn, l) });
            width = drawn.Layers[l].Neurons;
        }

        return [.. layers];
    }

    private static ExpansionPlan ExpansionOf(DrawnModel drawn, int l)
    {
        DrawnLayer layer = drawn.Layers[l];
        int factor = l == drawn.Layers.Length - 1 ? 1 : layer.Factor;
        return layer.Expands && (drawn.Learns || factor > 1)
            ? new ExpansionPlan(factor, drawn.Learns ? Split.Learned : Split.Random) { Within = factor > 1 ? layer.Within : 0 }
            : ExpansionPlan.None;
    }

    /// <summary>None, and where edges are learned the least, the most and all that there can be, one less and one more.</summary>
    private static IEnumerable<long?> BudgetsOf(DrawnModel drawn)
    {
        var counts = WeightCounts.Of([.. Sizes(drawn)], drawn.CountBiases);
        long[] limits = counts.LearnsEdges ? [counts.LinearFloor, counts.LinearCeiling, counts.LinearBeforePruning] : [];
        long others = counts.BackboneWeights + (drawn.CountBiases ? counts.ExpandedBiases : 0);
        return limits
            .SelectMany(limit => new[] { limit - 1, limit, limit + 1 })
            .Select(weights => weights + others)
            .Where(budget => budget > 0)
            .Distinct()
            .Select(budget => (long?)budget)
            .Prepend(null);
    }

    private static IEnumerable<LayerSize> Sizes(DrawnModel drawn)
    {
        if (drawn.Filters > 0)
            yield return LayerSize.OfConvolution(Channels * Kernel * Kernel, drawn.Filters);
        foreach (LinearPlan layer in LayersOf(drawn).OfType<LinearPlan>())
        {
            ExpansionPlan expansion = layer.Expansion;
            yield return expansion.LearnsEdges
                ? LayerSize.OfLearned(layer.Inputs, layer.Neurons, expansion.Factor, hasPattern: expansion.Within > 0)
                : new LayerSize(layer.Inputs, layer.Neurons, expansion.Factor, dealsOutgoing: false);
        }
    }

    /// <summary>What the runtime makes of the layers; null if it refuses them.</summary>
    private static ModelPlan? PlanOf(DrawnModel drawn, LayerPlan[] layers, long? budget)
    {
        try
        {
            return new ModelPlan("Net", drawn.Filters == 0 ? drawn.Inputs : Channels * Pixels, layers, drawn.CountBiases, budget);
        }
        catch (PlanException)
        {
            return null;
        }
    }

    private static string SourceOf(DrawnModel drawn, LayerPlan[] layers, long? budget)
    {
        string sample = drawn.Filters == 0 ? $"{drawn.Inputs}" : $"{Channels}, {Height}, {Width}";
        string limit = budget is null ? string.Empty : $", NonZeroBudget({budget})";
        var source = new StringBuilder("#pragma warning disable CS1591\nusing Fpe;\n")
            .AppendLine($"[Model({sample}, CountBiases = {(drawn.CountBiases ? "true" : "false")}){limit}]")
            .AppendLine("public sealed partial class Net {");
        foreach (LayerPlan layer in layers)
        {
            source.AppendLine(layer switch
            {
                LinearPlan linear => $"[Linear({linear.Neurons}){Text(linear.Expansion)}] public partial Linear {layer.Name} {{ get; }}",
                Conv2dPlan => $"[Conv2d({drawn.Filters}, {Kernel}, Padding = 1)] public partial Conv2d {layer.Name} {{ get; }}",
                _ => $"[Flatten] public partial Flatten {layer.Name} {{ get; }}",
            });
        }

        return source.Append('}').ToString();
    }

    private static string Text(ExpansionPlan expansion) => expansion.IsExpanded
        ? $", Expand({expansion.Factor}, Split.{expansion.Strategy}, Within = {expansion.Within})"
        : string.Empty;

    /// <summary>The class, compiled and loaded.</summary>
    private static Type Emitted(GeneratedProject project)
    {
        using var image = new MemoryStream();
        Assert.Empty(project.Compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Net", throwOnError: true)!;
    }

    /// <summary>The emitted plan compares the emitted constants with its own counts as well.</summary>
    private static void AssertSame(ModelPlan expected, Type net)
    {
        var plan = (ModelPlan)net.GetField("DeclaredPlan", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        Assert.Equal(expected.LearnsEdges, plan.LearnsEdges);
        Assert.Equal(expected.ExpandedWeights, plan.ExpandedWeights);
        Assert.Equal(expected.Layers, plan.Layers);
        (string Name, long Count)[] counts =
        [
            (nameof(ModelPlan.DenseWeights), expected.DenseWeights), (nameof(ModelPlan.WeightsBeforePruning), expected.WeightsBeforePruning),
            (nameof(ModelPlan.ExpandedWeights), expected.ExpandedWeights), (nameof(ModelPlan.PrunedWeights), expected.PrunedWeights),
            (nameof(ModelPlan.DenseBiases), expected.DenseBiases), (nameof(ModelPlan.ExpandedBiases), expected.ExpandedBiases),
        ];
        Assert.All(counts, expectation => Assert.Equal(expectation.Count, net.GetField(expectation.Name)!.GetRawConstantValue()));
    }

    private sealed record DrawnLayer(int Neurons, int Factor, bool Expands, int Within);

    private sealed record DrawnModel(int Inputs, int Filters, bool CountBiases, bool Learns, DrawnLayer[] Layers);
}
