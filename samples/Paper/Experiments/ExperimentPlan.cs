using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>The runs of an experiment.</summary>
/// <param name="Runs">Each run once.</param>
/// <param name="LeftOut">Requested runs that are not possible, one line each: no network of that shape exists.</param>
internal sealed record ExperimentPlan(IReadOnlyList<RunConfiguration> Runs, IReadOnlyList<string> LeftOut)
{
    /// <summary>Combines several plans.</summary>
    public static ExperimentPlan Of(IEnumerable<ExperimentPlan> plans)
    {
        ExperimentPlan[] parts = [.. plans];
        return new ExperimentPlan(
            [.. parts.SelectMany(plan => plan.Runs).Distinct()],
            [.. parts.SelectMany(plan => plan.LeftOut).Distinct()]);
    }
}
