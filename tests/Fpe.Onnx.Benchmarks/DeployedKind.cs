using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Training;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A way to expand the hidden layer of a network.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Expansion">The expansion.</param>
/// <param name="Divisor">What the budget of learned edges is divided by; 1 for as many weights as the dense parent has.</param>
internal sealed record DeployedKind(string Name, ExpansionPlan Expansion, int Divisor = 1)
{
    private const int Factor = 4;

    /// <summary>Returns the kinds that are compared, the dense parent first.</summary>
    /// <param name="share">The number of neurons that share a partition.</param>
    public static IReadOnlyList<DeployedKind> All(int share) =>
    [
        new("dense parent", ExpansionPlan.None),
        new("own partitions", new ExpansionPlan(Factor)),
        new($"Share = {share}", new ExpansionPlan(Factor, Share: share)),
        new("learned, a quarter", new ExpansionPlan(Factor, Split.Learned), Divisor: 4),
    ];

    /// <summary>Creates the network.</summary>
    public PlannedModel Create(int inputs, int hidden, int classes, long seed)
    {
        LinearPlan[] layers =
        [
            new("Hidden", inputs, hidden, ActivationFunction.Relu) { Expansion = Expansion },
            new("Logits", hidden, classes),
        ];
        long weights = ((long)inputs * hidden) + ((long)hidden * classes);
        return new PlannedModel(new ModelPlan("Deployed", inputs, layers, budget: Expansion.LearnsEdges ? weights / Divisor : null), seed);
    }

    /// <summary>Returns the options with what the kind needs.</summary>
    public TrainingOptions With(TrainingOptions options) => Expansion.LearnsEdges ? options with { EdgeLearning = GradualPruning.Default } : options;
}
