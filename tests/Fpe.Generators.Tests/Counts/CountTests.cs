using System.Text;
using Fpe.Expansion;
using Fpe.Generators.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Counts;

/// <summary>The emitted constants are what the counting rules say, for chains nobody thought of.</summary>
public sealed class CountTests
{
    /// <summary>The images under chains that start with a convolution, which keeps their size.</summary>
    private const int Channels = 2, Height = 4, Width = 3, Pixels = Height * Width, Kernel = 3;

    private static readonly Gen<(int Neurons, int Factor, bool Deals)> Layer =
        from neurons in Gen.Choose(1, 40)
        from factor in Gen.Choose(1, 8)
        from deals in Gen.Elements(true, false)
        select (neurons, factor, deals);

    private static readonly Gen<(int Inputs, int Filters, bool CountBiases, (int Neurons, int Factor, bool Deals)[] Layers)> Chain =
        from inputs in Gen.Choose(1, 100)
        from filters in Gen.Choose(0, 5)
        from countBiases in Gen.Elements(true, false)
        from layers in Layer.NonEmptyListOf()
        select (inputs, filters, countBiases, layers.Take(5).ToArray());

    [Fact]
    public void Constants_are_what_the_counting_rules_say() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Chain.ToArbitrary(), chain =>
        {
            bool hasBackbone = chain.Filters > 0;
            LayerSize[] sizes = Fit(hasBackbone ? chain.Filters * Pixels : chain.Inputs, chain.Layers);
            LayerSize[] all = hasBackbone ? [LayerSize.OfConvolution(Channels * Kernel * Kernel, chain.Filters), .. sizes] : sizes;
            var counts = WeightCounts.Of(all, chain.CountBiases);
            if (counts.ExpandedLinearWeights < counts.LinearFloor)
                return;
            INamedTypeSymbol net = Generate(chain.Inputs, chain.Filters, chain.CountBiases, sizes);

            Assert.Equal(counts.Dense, Constant(net, "DenseWeights"));
            Assert.Equal(counts.BeforePruning, Constant(net, "WeightsBeforePruning"));
            Assert.Equal(counts.Expanded, Constant(net, "ExpandedWeights"));
            Assert.Equal(counts.Pruned, Constant(net, "PrunedWeights"));
            Assert.Equal(counts.DenseBiases, Constant(net, "DenseBiases"));
            Assert.Equal(counts.ExpandedBiases, Constant(net, "ExpandedBiases"));
            Assert.Equal(counts.NonZero, Constant(net, "NonZeroCount"));
            Assert.True(counts.Expanded > 0 && counts.Pruned >= 0);
            for (int l = 0; l < all.Length; l++)
            {
                string name = hasBackbone ? l == 0 ? "Edges" : $"Layer{l - 1}" : $"Layer{l}";
                Assert.Equal(counts.Layers[l].Dense, Constant(net, name + "DenseWeights"));
                Assert.Equal(counts.Layers[l].BeforePruning, Constant(net, name + "WeightsBeforePruning"));
            }

            if (!hasBackbone)
                AssertBytes(net, PlanOf(chain.Inputs, sizes, chain.CountBiases));
            if (hasBackbone)
                Assert.Equal(Channels * Kernel * Kernel * chain.Filters, Constant(net, "EdgesWeightsBeforePruning"));
        }));

    /// <summary>Lowers the factors to what the layers around them allow; the output layer stays dense.</summary>
    private static LayerSize[] Fit(int inputs, (int Neurons, int Factor, bool Deals)[] layers)
    {
        var sizes = new LayerSize[layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            int fanIn = l == 0 ? inputs : layers[l - 1].Neurons;
            int readers = l == layers.Length - 1 ? 1 : layers[l].Deals ? layers[l + 1].Neurons : int.MaxValue;
            sizes[l] = new LayerSize(fanIn, layers[l].Neurons, Math.Min(layers[l].Factor, Math.Min(fanIn, readers)), layers[l].Deals);
        }

        return sizes;
    }

    private static INamedTypeSymbol Generate(int inputs, int filters, bool countBiases, LayerSize[] layers)
    {
        string sample = filters == 0 ? $"{inputs}" : $"{Channels}, {Height}, {Width}";
        var source = new StringBuilder().AppendLine("using Fpe;")
            .AppendLine($"[Model({sample}, CountBiases = {(countBiases ? "true" : "false")})]")
            .AppendLine("public sealed partial class Net {");
        if (filters > 0)
        {
            source.AppendLine($"[Conv2d({filters}, {Kernel}, Padding = 1)] public partial Conv2d Edges {{ get; }}")
                .AppendLine("[Flatten] public partial Flatten Features { get; }");
        }

        for (int l = 0; l < layers.Length; l++)
        {
            string expand = l == layers.Length - 1
                ? string.Empty
                : $", Expand({layers[l].Factor}, Outgoing = Outgoing.{(layers[l].DealsOutgoing ? "Deal" : "Prune")})";
            source.AppendLine($"[Linear({layers[l].Neurons}){expand}] public partial Linear Layer{l} {{ get; }}");
        }

        return TestProject.Generate(TestProject.Compile(source.Append('}').ToString())).Compilation.GetTypeByMetadataName("Net")!;
    }

    /// <summary>The same chain as the runtime plans it.</summary>
    private static ModelPlan PlanOf(int inputs, LayerSize[] sizes, bool countBiases)
    {
        IEnumerable<LinearPlan> layers = sizes.Select((size, l) => new LinearPlan($"Layer{l}", size.Inputs, size.Neurons)
        {
            Expansion = size.Factor == 1 ? ExpansionPlan.None : new ExpansionPlan(size.Factor, Outgoing: size.DealsOutgoing ? Outgoing.Deal : Outgoing.Prune),
        });
        return new ModelPlan("Net", inputs, [.. layers], countBiases);
    }

    private static void AssertBytes(INamedTypeSymbol net, ModelPlan plan)
    {
        Assert.Equal(plan.TableBytesInC(NumberFormat.Int8), Constant(net, "Int8Bytes"));
        Assert.Equal(plan.TableBytesInC(NumberFormat.Float), Constant(net, "FloatBytes"));
        Assert.Equal(Math.Max(plan.ScratchBytesInC(NumberFormat.Int8)!.Value, plan.ScratchBytesInC(NumberFormat.Float)!.Value), Constant(net, "ScratchBytes"));
    }

    private static long Constant(INamedTypeSymbol net, string name) =>
        (long)((IFieldSymbol)Assert.Single(net.GetMembers(name))).ConstantValue!;
}
