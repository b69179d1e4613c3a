using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Benchmarks.Workloads;

/// <summary>Networks with one hidden layer.</summary>
internal static class OneHidden
{
    /// <summary>Creates the dense parent: inputs → hidden, ReLU → outputs. Weights are pruned when it is expanded.</summary>
    public static PlannedModel Create(int inputs, int hidden, int outputs, ExpansionPlan expansion, long seed = 0, Device? device = null)
    {
        LinearPlan[] layers =
        [
            new LinearPlan("Hidden", inputs, hidden, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Logits", hidden, outputs),
        ];
        return new PlannedModel(new ModelPlan("OneHidden", inputs, layers), seed, device ?? Device.Default);
    }
}
