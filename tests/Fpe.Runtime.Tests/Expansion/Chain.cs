using System.Globalization;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>A random dense parent with a plan that can work: every strategy, policy and share, shallow and deep.</summary>
internal sealed record Chain(int Number, IReadOnlyList<ParentLayer> Parents)
{
    // mutation tests repeat the properties some hundred times and make do with fewer chains
    private static readonly int RunsPerProperty =
        int.Parse(Environment.GetEnvironmentVariable("FPE_RUNS_PER_PROPERTY") ?? "400", CultureInfo.InvariantCulture);

    public WeightCounts Counts(bool countBiases) => WeightCounts.Of([.. Parents.Select(layer => layer.Size)], countBiases);

    /// <summary>Which column of a layer is which child of the layer below, or which input itself.</summary>
    public ChildRows RowsBelow(int layer) =>
        layer == 0 ? new ChildRows(NeuronGroups.Single(Parents[0].Inputs), Children: 1) : Parents[layer - 1].ChildRows;

    public bool IsDealtBelow(int layer) => layer > 0 && Parents[layer - 1].DealsOutgoing;

    /// <summary>Runs an assertion on many chains; a failure names the chain, and <see cref="Draw"/> makes it again from its number.</summary>
    public static void ForAll(Action<Chain> assert)
    {
        Gen<Chain> chains = Gen.Choose(0, int.MaxValue).Select(Draw);
        Prop.ForAll(chains.ToArbitrary(), assert).Check(Config.QuickThrowOnFailure.WithMaxTest(RunsPerProperty));
    }

    public static Chain Draw(int number)
    {
        var random = new RandomStream(number, RandomPurpose.Synthesis);
        var widths = new int[2 + random.NextInt32(4)];
        widths[0] = 1 + random.NextInt32(20);
        for (int l = 1; l < widths.Length; l++)
            widths[l] = 1 + random.NextInt32(9);

        bool hasTies = random.NextInt32(2) == 0;
        var parents = new ParentLayer[widths.Length - 1];
        for (int l = 0; l < parents.Length; l++)
        {
            bool isOutput = l + 1 == parents.Length;
            ExpansionPlan plan = isOutput
                ? new ExpansionPlan(1, Share: 1 + random.NextInt32(4))
                : DrawPlan(widths[l], widths[l + 2], random);
            parents[l] = new ParentLayer(
                $"Layer{l}", widths[l], widths[l + 1], plan,
                Values(widths[l] * widths[l + 1], hasTies, random), Values(widths[l + 1], hasTies, random));
        }

        return new Chain(number, parents);
    }

    public override string ToString() => string.Join(", ", Parents.Select(Describe).Prepend($"Chain.Draw({Number}): "));

    private static string Describe(ParentLayer layer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{layer.Inputs} → {layer.Neurons} × {layer.Expansion.Factor} {layer.Expansion.Strategy}"
        + $" share {layer.Expansion.Share} {layer.Expansion.Outgoing}");

    private static ExpansionPlan DrawPlan(int inputs, int readers, RandomStream random)
    {
        int factor = 1 + random.NextInt32(Math.Min(inputs, 4));
        var strategy = (Split)random.NextInt32(3);
        Outgoing outgoing = factor <= readers && random.NextInt32(2) == 0 ? Outgoing.Deal : Outgoing.Prune;
        return new ExpansionPlan(factor, strategy, 1 + random.NextInt32(5), outgoing)
        {
            Clauses = strategy == Split.Clause ? DrawClauses(inputs, factor, random) : [],
        };
    }

    private static int[][] DrawClauses(int inputs, int factor, RandomStream random)
    {
        int count = 1 + random.NextInt32(inputs);
        int[] clauseOf = [.. Enumerable.Range(0, inputs).Select(_ => random.NextInt32(count + 1))];
        int[][] clauses = [.. Enumerable.Range(0, inputs).GroupBy(i => clauseOf[i]).Where(g => g.Key < count).Select(g => g.ToArray())];
        int loose = inputs - clauses.Sum(clause => clause.Length);
        bool isFeasible = clauses.Length > 0 && clauses.Length + loose >= factor;
        return isFeasible ? clauses : [.. Enumerable.Range(0, inputs).Select(input => new[] { input })];
    }

    private static double[] Values(int count, bool hasTies, RandomStream random)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = hasTies ? random.NextInt32(5) - 2 : random.NextDouble() - 0.5;
        return values;
    }
}
