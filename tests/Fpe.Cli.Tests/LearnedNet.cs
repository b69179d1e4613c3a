using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Cli.Tests;

/// <summary>A network that learns its edges.</summary>
internal sealed class LearnedNet(long seed, Device device) : Model(Plan, seed, device), IModel<LearnedNet>
{
    public static new ModelPlan Plan { get; } = new(
        nameof(LearnedNet), inputs: 4,
        [
            new LinearPlan("Hidden", Inputs: 4, Neurons: 2, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Split.Learned) },
            new LinearPlan("Logits", Inputs: 2, Neurons: 2),
        ]);

    public static LearnedNet Create(long seed, Device device) => new(seed, device);
}
