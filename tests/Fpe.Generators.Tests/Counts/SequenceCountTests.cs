using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Counts;

/// <summary>Compiler and runtime agree on models of tokens: which of them can be, and how many weights they have.</summary>
public sealed class SequenceCountTests
{
    private const int Places = 6, Vocabulary = 50, Units = 6;

    [Fact]
    public void Compiler_and_runtime_agree()
    {
        (int accepted, int refused) = (0, 0);
        for (int seed = 0; seed < 40; seed++)
        {
            Drawn drawn = Draw(new Random(seed));
            GeneratedProject project = TestProject.Generate(TestProject.Compile(drawn.Source));
            string[] errors = [.. project.Result.Diagnostics.Select(error => error.GetMessage())];
            ModelPlan? plan = null;
            string problem = "";
            try
            {
                plan = new ModelPlan("Net", Places, drawn.Layers);
            }
            catch (PlanException refusal)
            {
                problem = refusal.Message;
            }

            Assert.True(plan is null == errors.Length > 0, $"{seed}: the runtime says '{problem}', and the compiler '{string.Join("', '", errors)}', of\n{drawn.Source}");
            refused += plan is null ? 1 : 0;
            if (plan is null)
                continue;
            accepted++;
            AssertSame(plan, project, seed);
        }

        Assert.True(accepted > 15 && refused > 3, $"{accepted} models were accepted and {refused} refused");
    }

    private static Drawn Draw(Random random)
    {
        var drawn = new Drawn();
        drawn.Add(new EmbeddingPlan("Words", Places, Vocabulary, Units), Units, $"Embedding({Units})", "Embedding");
        int count = random.Next(2, 9);
        for (int l = 0; l < count; l++)
            DrawLayer(drawn, random);
        string[] unread = [.. drawn.Units.Keys.Where(name => !drawn.Read.Contains(name))];
        if (unread.Length > 1 && random.Next(5) > 0)
            Join(drawn, unread);
        (string last, int units) = (drawn.Layers[^1].Name, drawn.Units[drawn.Layers[^1].Name]);
        drawn.Add(new MeanPoolPlan("Mean", units, Places, ReadsTokens: true) { From = [last, ModelPlan.Sample] }, units, $"MeanPool(From = nameof({last}))", "MeanPool");
        drawn.Add(new LinearPlan("Logits", units, 4), 4, "Linear(4)", "Linear");
        return drawn;
    }

    private static void DrawLayer(Drawn drawn, Random random)
    {
        string source = drawn.Units.Keys.ElementAt(drawn.Units.Count - 1 - Math.Min(random.Next(drawn.Units.Count), random.Next(drawn.Units.Count)));
        (int units, string name, string from) = (drawn.Units[source], $"Layer{drawn.Layers.Count}", $"From = nameof({source})");
        string[] alike = [.. drawn.Units.Where(value => value.Value == units).Select(value => value.Key)];
        string other = alike[random.Next(alike.Length)];
        switch (random.Next(9))
        {
            case 0:
                drawn.Add(new LayerNormPlan(name, units * Places, Places: Places) { From = [source] }, units, $"LayerNorm({from})", "LayerNorm");
                break;
            case 1:
                drawn.Add(new ActivationPlan(name, units * Places, ActivationFunction.Tanh) { From = [source] }, units, $"Tanh({from})", "Activation");
                break;
            case 2:
                drawn.Add(new AddPlan(name, units * Places) { From = [source, other] }, units, $"Add(nameof({source}), nameof({other}))", "Add");
                break;
            case 3:
                Join(drawn, [source, other]);
                break;
            case 4 or 6 or 7:
                int groups = units % 6 == 0 ? random.Next(1, 4) : 1;
                bool hasChildren = random.Next(2) == 0;
                int share = random.Next(1, 3);
                drawn.Add(
                    new Conv1dPlan(name, units, Places, Filters: 6, Kernel: 3, Padding: 1, Groups: groups, Activation: ActivationFunction.Relu)
                    {
                        From = [source],
                        Expansion = hasChildren ? new ExpansionPlan(2, Share: share) : ExpansionPlan.None,
                    },
                    6, $"Conv1d(6, 3, Padding = 1, Groups = {groups}, {from}), Relu{(hasChildren ? $", Expand(2, Share = {share})" : "")}", "Conv1d");
                break;
            case 5 when units % 3 == 0:
                drawn.Add(
                    new SelfAttentionPlan(name, units / 3, Places, Heads: 1, ReadsTokens: true) { From = [source, ModelPlan.Sample] }, units / 3,
                    $"SelfAttention(1, {from})", "SelfAttention");
                break;
            default:
                int neurons = random.Next(2) == 0 ? Units : 2 * Units;
                bool isExpanded = random.Next(3) > 0;
                drawn.Add(
                    new LinearPlan(name, units, neurons, ActivationFunction.Relu, Places) { From = [source], Expansion = isExpanded ? new ExpansionPlan(2) : ExpansionPlan.None }, neurons,
                    $"Linear({neurons}, {from}), Relu{(isExpanded ? ", Expand(2)" : "")}", "Linear");
                break;
        }
    }

    private static void Join(Drawn drawn, string[] sources)
    {
        int units = sources.Sum(source => drawn.Units[source]);
        drawn.Add(
            new ConcatPlan($"Layer{drawn.Layers.Count}", [.. sources.Select(source => drawn.Units[source] * Places)]) { From = sources }, units,
            $"Concat({string.Join(", ", sources.Select(source => $"nameof({source})"))})", "Concat");
    }

    /// <summary>The emitted plan compares the emitted constants with its own counts as well.</summary>
    private static void AssertSame(ModelPlan expected, GeneratedProject project, int seed)
    {
        using var image = new MemoryStream();
        Assert.Empty(project.Compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        Type net = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Net", throwOnError: true)!;
        var plan = (ModelPlan)net.GetField("DeclaredPlan", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        Assert.Equal(expected.Layers.Select(layer => layer with { From = [] }), plan.Layers.Select(layer => layer with { From = [] }));
        Assert.Equal(
            (seed, expected.DenseWeights, expected.WeightsBeforePruning, expected.ExpandedBiases, expected.TableWeights),
            (seed, plan.DenseWeights, plan.WeightsBeforePruning, plan.ExpandedBiases, (long)net.GetField("TableWeights")!.GetRawConstantValue()!));
    }

    private sealed class Drawn
    {
        private readonly StringBuilder source = new($"#pragma warning disable CS1591\nusing Fpe;\n[Model(tokens: {Places}, vocabulary: {Vocabulary})]\npublic sealed partial class Net {{\n");

        public List<LayerPlan> Layers { get; } = [];

        public HashSet<string> Read { get; } = [];

        /// <summary>The units of the value of each layer.</summary>
        public Dictionary<string, int> Units { get; } = [];

        public string Source => $"{source}}}";

        public void Add(LayerPlan layer, int units, string attributes, string type)
        {
            Read.UnionWith(layer.From);
            Layers.Add(layer);
            Units.Add(layer.Name, units);
            source.AppendLine($"[{attributes}] public partial {type} {layer.Name} {{ get; }}");
        }
    }
}
