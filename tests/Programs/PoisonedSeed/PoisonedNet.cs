using Fpe;
using Fpe.Compute;
using Fpe.Expansion;

namespace PoisonedSeed;

/// <summary>A small network whose initial weights are beyond all bounds for seed 1, so that its loss is not a number.</summary>
internal sealed class PoisonedNet(long seed, Device device) : Model(Plan, seed, device), IModel<PoisonedNet>
{
    private const long PoisonedSeed = 1;

    public static new ModelPlan Plan { get; } = new(
        nameof(PoisonedNet), inputs: 4, countBiases: false, denseWeights: 12, weightsBeforePruning: 16, expandedWeights: 12,
        [
            new LinearPlan("Hidden", Inputs: 4, Neurons: 2, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
            new LinearPlan("Logits", Inputs: 2, Neurons: 2),
        ]);

    public static PoisonedNet Create(long seed, Device device)
    {
        var net = new PoisonedNet(seed, device);
        if (seed == PoisonedSeed)
        {
            foreach (Parameter parameter in net.Parameters)
                parameter.Value.Write(Enumerable.Repeat(float.MaxValue, parameter.Value.Length).ToArray());
        }

        return net;
    }
}
