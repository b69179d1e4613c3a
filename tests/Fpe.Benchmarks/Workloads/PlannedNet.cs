using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe.Benchmarks.Workloads;

/// <summary>A network with one hidden layer whose sizes are known at run time only; generated code declares such things ahead.</summary>
internal sealed class PlannedNet : Model
{
    private PlannedNet(ModelPlan plan, long seed)
        : base(plan, seed, Device.Default)
    {
    }

    /// <summary>Creates inputs → hidden, ReLU → outputs: the dense parent.</summary>
    public static PlannedNet Create(int inputs, int hidden, int outputs, ExpansionPlan expansion, long seed = 0)
    {
        var counts = WeightCounts.Of(
            [new LayerSize(inputs, hidden, expansion.Factor, expansion.Outgoing == Outgoing.Deal), new LayerSize(hidden, outputs, 1, false)], countBiases: false);
        LinearPlan[] layers =
        [
            new LinearPlan("Hidden", inputs, hidden, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Logits", hidden, outputs),
        ];
        return new PlannedNet(new ModelPlan("PlannedNet", inputs, countBiases: false, counts.Dense, counts.BeforePruning, counts.Expanded, layers), seed);
    }

    /// <summary>The outputs of samples.</summary>
    public void Outputs(ReadOnlySpan<float> inputs, Span<float> outputs) => ForwardBatch(inputs, outputs);
}
