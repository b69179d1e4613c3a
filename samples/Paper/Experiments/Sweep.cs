using System.Globalization;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>Every combination of settings, strategies, factors, times of the split and seeds, and the dense parents they are compared with.</summary>
internal sealed record Sweep
{
    /// <summary>A plan is held in memory as a whole.</summary>
    private const int MaximumRuns = 1_000_000;

    // Value, gradient, two moments and their copies in double precision, with room for indices.
    private const long BytesPerWeight = 64;

    /// <summary>Task, data, dense parent and training.</summary>
    public required IEnumerable<Setting> Settings { get; init; }

    /// <summary>Inputs of the dense parent, by setting.</summary>
    public required Func<Setting, int> Inputs { get; init; }

    /// <summary>Outputs of the dense parent.</summary>
    public required int Outputs { get; init; }

    /// <summary>What is compared with the dense parent.</summary>
    public required IEnumerable<Strategy> Strategies { get; init; }

    /// <summary>Children per neuron.</summary>
    public required IEnumerable<int> Factors { get; init; }

    /// <summary>Times of the split, in epochs.</summary>
    public required IEnumerable<int> ExpandAfter { get; init; }

    /// <summary>Number of seeds, from 0.</summary>
    public required int Seeds { get; init; }

    /// <summary>All runs.</summary>
    /// <exception cref="ExperimentException">There are too many, or a network would not fit into memory.</exception>
    public ExperimentPlan Plan()
    {
        var runs = new List<RunConfiguration>();
        var leftOut = new List<string>();
        foreach (Setting setting in Settings)
        {
            RequireMemory(setting);
            var variants = new List<Variant> { Variant.Dense };
            foreach (Variant variant in Variants().Distinct())
            {
                if (Problem(setting, variant) is { } problem)
                    leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{setting.Experiment}, width {setting.Width}: {variant.Key} is left out: {problem}"));
                else
                    variants.Add(variant);
            }

            long planned = runs.Count + ((long)variants.Count * Seeds);
            if (planned > MaximumRuns)
                throw new ExperimentException($"{setting.Experiment}: {planned:#,0} runs or more are asked for, but at most {MaximumRuns:#,0} can be planned at once; ask for fewer seeds, widths or factors.");
            for (int seed = 0; seed < Seeds; seed++)
                runs.AddRange(variants.Select(variant => new RunConfiguration(setting, variant, seed)));
        }

        return new ExperimentPlan(runs, leftOut);
    }

    private void RequireMemory(Setting setting)
    {
        double width = setting.Width;
        double weights = (Inputs(setting) * width) + ((setting.Depth - 1) * width * width) + (width * Outputs);
        long most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerWeight;
        if (weights > Math.Min(most, Array.MaxLength))
            throw new ExperimentException($"{setting.Experiment}, width {setting.Width:#,0}: the dense parent would have {weights:#,0} weights, but networks of at most {Math.Min(most, Array.MaxLength):#,0} fit into memory here; ask for a smaller width.");
    }

    private IEnumerable<Variant> Variants() =>
        from strategy in Strategies
        from factor in Factors
        from after in ExpandAfter
        select strategy.Of(factor, after);

    private string? Problem(Setting setting, Variant variant)
    {
        if (variant.ExpandAfter >= setting.Epochs)
            return $"the split would leave no epoch of {setting.Epochs}.";
        if (variant.Method == Method.Feature && variant.ExpandAfter == 0)
            return "it needs a warmed-up parent.";
        int groups = variant.Method == Method.Clause ? setting.Clauses ?? 0 : Inputs(setting);
        if (variant.Factor > groups)
            return $"the factor is larger than the {groups} {(variant.Method == Method.Clause ? "clauses" : "inputs")}.";
        int readers = setting.Depth > 1 ? Math.Min(setting.Width, Outputs) : Outputs;
        if (variant.Outgoing == Outgoing.Deal && variant.Factor > readers)
            return $"the factor is larger than the {readers} neurons that read a neuron.";
        return null;
    }
}
