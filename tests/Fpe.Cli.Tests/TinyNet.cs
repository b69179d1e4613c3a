using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Cli.Tests;

/// <summary>Something to run: two neurons with two children each.</summary>
internal sealed class TinyNet(long seed, Device device) : Model(Plan, seed, device), IModel<TinyNet>
{
    public static new ModelPlan Plan { get; } = new(
        nameof(TinyNet), inputs: 4, countBiases: false, denseWeights: 12, weightsBeforePruning: 16, expandedWeights: 12,
        [
            new LinearPlan("Hidden", Inputs: 4, Neurons: 2, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
            new LinearPlan("Logits", Inputs: 2, Neurons: 2),
        ]);

    public static TinyNet Create(long seed, Device device) => new(seed, device);
}
