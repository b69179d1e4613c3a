using Fpe.Compute;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>The count is the compiler's after every step, and absent edges have neither value nor gradient nor state.</summary>
public class CountInvariantTests
{
    private static readonly Optimizer[] Optimizers =
    [
        new Adam(0.01) { WeightDecay = 0.1 },
        new AdamW(0.01) { WeightDecay = 0.1 },
        new Sgd(0.05) { Momentum = 0.9, WeightDecay = 0.1 },
        new Sgd(0.05) { Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 },
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in Expansions.Names)
            {
                for (int optimizer = 0; optimizer < Optimizers.Length; optimizer++)
                    cases.Add(name, optimizer);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void After_every_step(string name, int optimizer)
    {
        ModelPlan plan = Expansions.Plan(name);
        foreach (Device device in TestedDevices.Single.Append(TestedDevices.Double))
        {
            using var model = new PlannedModel(plan, seed: 2, device);
            var options = new TrainingOptions { BatchSize = 8, Optimizer = Optimizers[optimizer], MaximumGradientNorm = 1 };
            using var run = new TrainingRun(model, TrainingData.Directions(20, 8, 3), options);
            if (plan.IsExpanded)
                run.Expand();

            for (int step = 0; step < 12; step++)
            {
                run.Step(step % run.StepsPerEpoch);
                Assert.Equal(plan.IsExpanded ? plan.ExpandedWeights : plan.DenseWeights, model.WeightCount);
                AssertHolesAreZero(model, run.OptimizerState);
            }
        }
    }

    private static void AssertHolesAreZero(Model model, OptimizerState state)
    {
        foreach ((Parameter parameter, IReadOnlyList<DeviceBuffer> moments) in model.Parameters.Zip(state.Buffers))
        {
            foreach (DeviceBuffer buffer in moments.Append(parameter.Value).Append(parameter.Gradient))
            {
                double[] values = Slots.Read(parameter, buffer);
                for (int slot = 0; slot < values.Length; slot++)
                {
                    if (!Slots.Exists(parameter, slot))
                        Assert.Equal(0.0, values[slot]);
                }
            }
        }
    }
}
