using System.Globalization;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>Every combination of settings, strategies, factors, times of the split and seeds, and the dense parents they are compared with.</summary>
internal sealed record Sweep
{
    /// <summary>A plan is held completely in memory.</summary>
    private const int MaximumRuns = 1_000_000;

    // Value, gradient, two moments and their copies in double precision, with room for indices.
    private const long BytesPerWeight = 64;

    /// <summary>Task, data, dense parent and training.</summary>
    public required IEnumerable<Setting> Settings { get; init; }

    /// <summary>Number of inputs of the first expanded layer in a setting.</summary>
    public required Func<Setting, int> Inputs { get; init; }

    /// <summary>Outputs of the dense parent.</summary>
    public required int Outputs { get; init; }

    /// <summary>Weights of a network that is no chain of fully connected layers, by width and factor; null for such a chain.</summary>
    public Func<int, double, double>? WeightsOfNetwork { get; init; }

    /// <summary>The strategies that are compared with the dense parent.</summary>
    public required IEnumerable<Strategy> Strategies { get; init; }

    /// <summary>Children per neuron.</summary>
    public required IEnumerable<int> Factors { get; init; }

    /// <summary>Times of the split, in epochs.</summary>
    public required IEnumerable<int> ExpandAfter { get; init; }

    /// <summary>Number of seeds, from 0.</summary>
    public required int Seeds { get; init; }

    /// <summary>All runs.</summary>
    /// <exception cref="ExperimentException">There are too many runs, or a network would not fit into memory.</exception>
    public ExperimentPlan Plan()
    {
        var runs = new List<RunConfiguration>();
        var leftOut = new List<string>();
        foreach (Setting setting in Settings)
        {
            RequireMemory(setting);
            var variants = new List<Variant> { Variant.Dense };
            foreach (Variant variant in Variants(setting).Distinct())
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
        double weights = Weights(setting, factor: 1);
        if (weights > MostWeights)
            throw new ExperimentException($"{setting.Experiment}, width {setting.Width:#,0}: the dense parent would have {weights:#,0} weights, but networks of at most {MostWeights:#,0} fit into memory here; ask for a smaller width.");
    }

    private IEnumerable<Variant> Variants(Setting setting) =>
        from strategy in Strategies
        from factor in Factors
        from after in ExpandAfter
        select strategy.Of(setting.Width, factor, after);

    private static double MostWeights => Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerWeight, Array.MaxLength);

    // Weights of the dense parent, or of a network that is so many times as wide; without those of convolutions in front of what is expanded.
    private double Weights(Setting setting, double factor)
    {
        double width = setting.Width * factor;
        return WeightsOfNetwork?.Invoke(setting.Width, factor) ?? (Inputs(setting) * width) + ((setting.Depth - 1) * width * width) + (width * Outputs);
    }

    private string? Problem(Setting setting, Variant variant)
    {
        if (variant.ExpandAfter >= setting.Epochs)
            return $"the split would leave no epoch of {setting.Epochs}.";
        return variant.Method switch
        {
            Method.WiderDense or Method.DropConnect or Method.Linear or Method.LinearPruned or Method.LearnedSkip when WeightsOfNetwork is not null =>
                "the network is not a chain of fully connected layers.",
            Method.Dense or Method.WiderDense or Method.Linear => null,
            Method.LinearPruned => LinearProblem(setting),
            Method.Learned or Method.LearnedSkip or Method.Rigl or Method.Set => WidthProblem(setting, variant) ?? PatternProblem(setting, variant),
            Method.Clause => FactorProblem(variant, setting.Clauses ?? 0, "clauses") ?? ReadersProblem(setting, variant),
            Method.Feature when variant.ExpandAfter == 0 => "it needs a warmed-up parent.",
            Method.Average when Outputs == 1 => "the logits of classes are averaged, and there are none.",
            Method.Random or Method.Feature or Method.Overlap or Method.TiedBias or Method.StaticSparse or Method.DropConnect
                or Method.SplitRigl or Method.Average =>
                FactorProblem(variant, Narrowest(setting), "inputs") ?? ReadersProblem(setting, variant) ?? PatternProblem(setting, variant),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant.Method, "Unknown method."),
        };
    }

    // Number of inputs of the narrowest expanded layer.
    private int Narrowest(Setting setting) => setting.Depth > 1 && WeightsOfNetwork is null ? Math.Min(Inputs(setting), setting.Width) : Inputs(setting);

    private static string? FactorProblem(Variant variant, int most, string parts) =>
        variant.Factor > most ? $"the factor is larger than the {most} {parts}." : null;

    private string? ReadersProblem(Setting setting, Variant variant)
    {
        int readers = WeightsOfNetwork is not null ? setting.Width : setting.Depth > 1 ? Math.Min(setting.Width, Outputs) : Outputs;
        return variant.Outgoing == Outgoing.Deal && variant.Factor > readers ? $"the factor is larger than the {readers} neurons that read a neuron." : null;
    }

    private string? PatternProblem(Setting setting, Variant variant)
    {
        int[] inputs = setting.Depth > 1 && WeightsOfNetwork is null ? [Inputs(setting), setting.Width] : [Inputs(setting)];
        return variant.Within > 0 && inputs.FirstOrDefault(count => count % variant.Within != 0) is > 0 and var wrong
            ? $"{wrong} inputs are not whole groups of {variant.Within}."
            : null;
    }

    private string? WidthProblem(Setting setting, Variant variant)
    {
        double weights = Weights(setting, variant.Factor);
        return weights > MostWeights ? $"it begins with {weights:#,0} weights, but networks of at most {MostWeights:#,0} fit into memory here." : null;
    }

    private string? LinearProblem(Setting setting)
    {
        (double budget, double all) = (Weights(setting, factor: 1), (double)Inputs(setting) * Outputs);
        return budget >= all ? $"it has {all:#,0} weights before pruning, no more than the dense parent's {budget:#,0}." : null;
    }
}
