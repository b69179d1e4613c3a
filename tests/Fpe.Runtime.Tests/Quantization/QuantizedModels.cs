using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>Models to quantise, and samples to calibrate with.</summary>
internal static class QuantizedModels
{
    /// <summary>The number of samples: some panels, and a rest.</summary>
    public const int Samples = 75;

    /// <summary>Every plan of <see cref="Expansions"/> and <see cref="TokenModels"/>.</summary>
    public static TheoryData<string> Names => [.. (IEnumerable<string>)Expansions.Names, .. (IEnumerable<string>)TokenModels.Names];

    /// <summary>Those that <see cref="PlainNetwork"/> computes.</summary>
    public static TheoryData<string> PlainNames => [.. ((IEnumerable<string>)Names).Where(name => PlainNetwork.Has(PlanOf(name)))];

    /// <summary>Creates a model, expanded if it can be, with statistics other than the first ones.</summary>
    public static PlannedModel Create(string name) => Of(PlanOf(name));

    /// <inheritdoc cref="Create"/>
    public static PlannedModel Of(ModelPlan plan)
    {
        var model = new PlannedModel(plan, seed: 1);
        foreach (Parameter statistic in model.Parameters.Where(parameter => parameter.Role == ParameterRole.Statistic))
            statistic.Value.Write([.. Enumerable.Range(0, statistic.Count).Select(i => 0.2 + (0.1 * (i % 5)))]);
        if (plan.IsExpanded)
            model.Expand();
        return model;
    }

    /// <summary>Numbers from −1 to 1, or tokens.</summary>
    public static float[] SamplesOf(ModelPlan plan)
    {
        var random = new Random(5);
        return TokenModels.SamplesOf(plan, Enumerable.Range(0, Samples * plan.InputCount).Select(_ => (float)((2 * random.NextDouble()) - 1)));
    }

    private static ModelPlan PlanOf(string name) => ((IEnumerable<string>)TokenModels.Names).Contains(name) ? TokenModels.Plan(name) : Expansions.Plan(name);
}
