using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Benchmarks.Workloads;

/// <summary>A network with one hidden layer whose sizes are known at run time only; generated code declares such things ahead.</summary>
internal sealed class PlannedNet : Model
{
    private PlannedNet(ModelPlan plan, long seed)
        : base(plan, seed, Device.Default)
    {
    }

    /// <summary>Creates the dense parent: inputs → hidden, ReLU → outputs. Weights are pruned when it is expanded.</summary>
    public static PlannedNet Create(int inputs, int hidden, int outputs, ExpansionPlan expansion, long seed = 0)
    {
        LinearPlan[] layers =
        [
            new LinearPlan("Hidden", inputs, hidden, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Logits", hidden, outputs),
        ];
        long dense = layers.Sum(layer => (long)layer.Inputs * layer.Neurons);
        long copies = (expansion.Factor - 1L) * hidden * outputs;
        return new PlannedNet(new ModelPlan("PlannedNet", inputs, countBiases: false, dense, dense + copies, dense, layers), seed);
    }

    /// <summary>The outputs of samples, row by row.</summary>
    public void Outputs(ReadOnlySpan<float> inputs, Span<float> outputs) => ForwardBatch(inputs, outputs);
}
