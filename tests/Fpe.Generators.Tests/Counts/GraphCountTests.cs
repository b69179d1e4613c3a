using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Counts;

/// <summary>Compiler and runtime agree on models whose layers read any earlier ones: which of them can be, and how many weights they have.</summary>
public sealed class GraphCountTests
{
    private const int Inputs = 12, Channels = 4, Height = 4, Width = 4;

    private static readonly int[] Widths = [4, 12, 12, 16];

    private static readonly int[] Filters = [2, Channels, Channels, 6];

    [Fact]
    public void Compiler_and_runtime_agree()
    {
        (int accepted, int refused) = (0, 0);
        for (int seed = 0; seed < 60; seed++)
        {
            DrawnGraph drawn = Draw(new Random(seed));
            GeneratedProject project = TestProject.Generate(TestProject.Compile(SourceOf(drawn)));
            (ModelPlan? plan, string problem) = PlanOf(drawn);
            string[] errors = [.. project.Result.Diagnostics.Select(error => error.GetMessage())];
            Assert.True(plan is null == errors.Length > 0, $"{seed}: the runtime says '{problem}', and the compiler '{string.Join("', '", errors)}', of\n{SourceOf(drawn)}");
            if (plan is null)
            {
                refused++;
                continue;
            }

            AssertSame(plan, Emitted(project), seed);
            accepted++;
        }

        Assert.True(accepted > 25 && refused > 5, $"{accepted} models were accepted and {refused} refused");
    }

    /// <summary>Vectors or images, then a layer that joins all that nobody has read, unless it is forgotten, and the output layer.</summary>
    private static DrawnGraph Draw(Random random)
    {
        bool hasImages = random.Next(2) == 0;
        var drawn = new DrawnGraph(hasImages, random.Next(2) == 0, Learns: random.Next(4) == 0);
        int count = random.Next(1, 8);
        for (int l = 0; l < count; l++)
            Add(drawn, hasImages ? DrawImageLayer(drawn, random) : DrawVectorLayer(drawn, random));

        string[] unread = [.. drawn.Values.Keys.Where(name => name != ModelPlan.Sample && !drawn.Read.Contains(name))];
        if (hasImages)
        {
            foreach (string name in unread)
            {
                ImageShape image = drawn.Values[name].Image!.Value;
                if (random.Next(2) == 0)
                    Add(drawn, new GlobalAvgPool2dPlan(drawn.NextName, image) { From = [name] });
                else
                    Add(drawn, new FlattenPlan(drawn.NextName, image) { From = [name] });
            }

            unread = [.. drawn.Values.Keys.Where(name => name != ModelPlan.Sample && !drawn.Read.Contains(name))];
        }

        if (unread.Length > 1 && random.Next(4) > 0)
            Add(drawn, new ConcatPlan(drawn.NextName, [.. unread.Select(name => drawn.Values[name].Count)]) { From = unread });
        Add(drawn, new LinearPlan("Logits", drawn.Layers[^1].Outputs, 4));
        return drawn;
    }

    private static LayerPlan DrawVectorLayer(DrawnGraph drawn, Random random)
    {
        string source = drawn.Draw(random);
        int width = drawn.Values[source].Count;
        string name = drawn.NextName;
        string[] alike = [.. drawn.Values.Where(value => value.Value == drawn.Values[source]).Select(value => value.Key)];
        return random.Next(8) switch
        {
            0 => new LayerNormPlan(name, width) { From = [source] },
            1 => new BatchNormPlan(name, width) { From = [source] },
            2 => new ActivationPlan(name, width, ActivationFunction.Tanh) { From = [source] },
            3 => new DropoutPlan(name, width, 0.5) { From = [source] },
            4 => new AddPlan(name, width) { From = [source, alike[random.Next(alike.Length)]] },
            5 when drawn.Draw(random) is var other => new ConcatPlan(name, [width, drawn.Values[other].Count]) { From = [source, other] },
            _ => new LinearPlan(name, width, Widths[random.Next(Widths.Length)], ActivationFunction.Relu) { From = [source], Expansion = DrawExpansion(drawn, random) },
        };
    }

    private static LayerPlan DrawImageLayer(DrawnGraph drawn, Random random)
    {
        string source = drawn.Draw(random);
        ImageShape image = drawn.Values[source].Image!.Value;
        string name = drawn.NextName;
        string[] alike = [.. drawn.Values.Where(value => value.Value == drawn.Values[source]).Select(value => value.Key)];
        return random.Next(14) switch
        {
            0 => new BatchNormPlan(name, image.Channels, image.Pixels) { From = [source] },
            1 => new LayerNormPlan(name, image.Count) { From = [source] },
            2 => new MaxPool2dPlan(name, image, 3, 1, 1) { From = [source] },
            3 => new ActivationPlan(name, image.Count, ActivationFunction.Tanh) { From = [source] },
            4 => new AddPlan(name, image.Count) { From = [source, alike[random.Next(alike.Length)]] },
            5 when drawn.Draw(random) is var other => new ConcatPlan(name, [image.Count, drawn.Values[other].Count]) { From = [source, other] },
            10 when image.Height > 1 => new DepthwiseConv2dPlan(name, image, 1, Window2d.Square(2, padding: 1, dilation: 2)) { From = [source] },
            9 => new Dropout2dPlan(name, image, 0.5) { From = [source] },
            6 => new AvgPool2dPlan(name, image, Math.Min(2, image.Height), 1) { From = [source] },
            _ => new Conv2dPlan(
                name, image, Filters[random.Next(Filters.Length)], Window2d.Square(3, padding: 1), image.Channels % 2 == 0 ? random.Next(1, 3) : 1, ActivationFunction.Relu)
            {
                From = [source],
                Expansion = DrawExpansion(drawn, random),
            },
        };
    }

    private static ExpansionPlan DrawExpansion(DrawnGraph drawn, Random random) => random.Next(4) switch
    {
        0 => ExpansionPlan.None,
        3 when !drawn.Learns => new ExpansionPlan(2, Outgoing: Outgoing.Deal),
        _ => new ExpansionPlan(2, drawn.Learns ? Split.Learned : Split.Random, Share: random.Next(3) == 0 ? 2 : 1),
    };

    private static void Add(DrawnGraph drawn, LayerPlan layer)
    {
        drawn.Layers.Add(layer);
        drawn.Read.UnionWith(layer.From.Count > 0 ? layer.From : [drawn.Values.Keys.Last()]);
        Value? first = layer.From.Count > 0 ? drawn.Values[layer.From[0]] : null;
        drawn.Values.Add(layer.Name, layer switch
        {
            ConvolutionPlan convolution => Value.Of(convolution.Shape.Output),
            Pool2dPlan pool => Value.Of(pool.Shape.Output),
            LinearPlan or FlattenPlan or GlobalAvgPool2dPlan => Value.Vector(layer.Outputs),
            ConcatPlan when first?.Image is { } image => Value.Of(new ImageShape(layer.Outputs / image.Pixels, image.Height, image.Width)),
            ConcatPlan => Value.Vector(layer.Outputs),
            _ => first!.Value,
        });
    }

    private static (ModelPlan? Plan, string Problem) PlanOf(DrawnGraph drawn)
    {
        try
        {
            return (new ModelPlan("Net", drawn.HasImages ? Channels * Height * Width : Inputs, drawn.Layers, drawn.CountBiases), "");
        }
        catch (PlanException problem)
        {
            return (null, problem.Message);
        }
    }

    private static string SourceOf(DrawnGraph drawn)
    {
        string sample = drawn.HasImages ? $"{Channels}, {Height}, {Width}" : $"{Inputs}";
        var source = new StringBuilder("#pragma warning disable CS1591\nusing Fpe;\n")
            .AppendLine($"[Model({sample}, CountBiases = {(drawn.CountBiases ? "true" : "false")})]")
            .AppendLine("public sealed partial class Net {");
        foreach (LayerPlan layer in drawn.Layers)
        {
            string from = layer.From.Count == 0 ? "" : $"From = {Name(layer.From[0])}";
            string next = from.Length == 0 ? "" : ", " + from;
            string names = string.Join(", ", layer.From.Select(Name));
            (string attributes, string type) = layer switch
            {
                LinearPlan linear => ($"Linear({linear.Neurons}{next}){Activation(linear.Activation)}{Expand(linear.Expansion)}", "Linear"),
                Conv2dPlan convolution => ($"Conv2d({convolution.Filters}, {convolution.Window.Rows.Kernel}, Padding = {convolution.Window.Rows.Padding}, Groups = {convolution.Groups}{next}){Activation(convolution.Activation)}{Expand(convolution.Expansion)}", "Conv2d"),
                DepthwiseConv2dPlan => ($"DepthwiseConv2d(2, Padding = 1, Dilation = 2{next})", "DepthwiseConv2d"),
                MaxPool2dPlan => ($"MaxPool2d(3, Stride = 1, Padding = 1{next})", "MaxPool2d"),
                AvgPool2dPlan pool => ($"AvgPool2d({pool.Kernel}, Stride = {pool.Stride}{next})", "AvgPool2d"),
                FlattenPlan => ($"Flatten({from})", "Flatten"),
                GlobalAvgPool2dPlan => ($"GlobalAvgPool2d({from})", "GlobalAvgPool2d"),
                DropoutPlan => ($"Dropout(0.5{next})", "Dropout"),
                Dropout2dPlan => ($"Dropout2d(0.5{next})", "Dropout2d"),
                LayerNormPlan => ($"LayerNorm({from})", "LayerNorm"),
                BatchNormPlan => ($"BatchNorm({from})", "BatchNorm"),
                ActivationPlan => ($"Tanh({from})", "Activation"),
                AddPlan => ($"Add({names})", "Add"),
                ConcatPlan => ($"Concat({names})", "Concat"),
                _ => throw new InvalidOperationException(layer.ToString()),
            };
            source.AppendLine($"[{attributes}] public partial {type} {layer.Name} {{ get; }}");
        }

        return source.Append('}').ToString();
    }

    private static string Name(string source) => source == ModelPlan.Sample ? "ModelAttribute.Sample" : $"nameof({source})";

    private static string Activation(ElementFunction function) => function == ActivationFunction.Identity ? "" : $", {function}";

    private static string Expand(ExpansionPlan expansion) => expansion.IsExpanded
        ? $", Expand({expansion.Factor}, Split.{expansion.Strategy}, Share = {expansion.Share}, Outgoing = Outgoing.{expansion.Outgoing})"
        : "";

    private static Type Emitted(GeneratedProject project)
    {
        using var image = new MemoryStream();
        Assert.Empty(project.Compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Net", throwOnError: true)!;
    }

    /// <summary>The emitted plan compares the emitted constants with its own counts as well.</summary>
    private static void AssertSame(ModelPlan expected, Type net, int seed)
    {
        var plan = (ModelPlan)net.GetField("DeclaredPlan", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        Assert.Equal(expected.Layers, plan.Layers);
        (string Name, long Count)[] counts =
        [
            (nameof(ModelPlan.DenseWeights), expected.DenseWeights), (nameof(ModelPlan.WeightsBeforePruning), expected.WeightsBeforePruning),
            (nameof(ModelPlan.ExpandedWeights), expected.ExpandedWeights), (nameof(ModelPlan.PrunedWeights), expected.PrunedWeights),
            (nameof(ModelPlan.DenseBiases), expected.DenseBiases), (nameof(ModelPlan.ExpandedBiases), expected.ExpandedBiases),
        ];
        Assert.Equal(expected.TableBytesInC(NumberFormat.Int8), Bytes("Int8Bytes"));
        Assert.Equal(expected.TableBytesInC(NumberFormat.Float), Bytes("FloatBytes"));
        long?[] scratch = [expected.ScratchBytesInC(NumberFormat.Int8), expected.ScratchBytesInC(NumberFormat.Float)];
        Assert.Equal(scratch.Max(), Bytes("ScratchBytes"));
        Assert.All(counts, expectation => Assert.Equal((seed, expectation.Count), (seed, (long)net.GetField(expectation.Name)!.GetRawConstantValue()!)));

        long? Bytes(string name) => (long?)net.GetField(name)?.GetRawConstantValue();
    }

    /// <summary>What a value is to those who read it.</summary>
    private readonly record struct Value(int Count, ImageShape? Image)
    {
        public static Value Of(ImageShape image) => new(image.Count, image);

        public static Value Vector(int count) => new(count, null);
    }

    private sealed record DrawnGraph(bool HasImages, bool CountBiases, bool Learns)
    {
        public List<LayerPlan> Layers { get; } = [];

        public HashSet<string> Read { get; } = [];

        public Dictionary<string, Value> Values { get; } = new()
        {
            [ModelPlan.Sample] = HasImages ? Value.Of(new ImageShape(Channels, Height, Width)) : Value.Vector(Inputs),
        };

        public string NextName => $"Layer{Layers.Count}";

        /// <summary>Mostly one of the last values.</summary>
        public string Draw(Random random) => Values.Keys.ElementAt(Values.Count - 1 - Math.Min(random.Next(Values.Count), random.Next(Values.Count)));
    }
}
