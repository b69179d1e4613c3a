using Fpe.Expansion;
using Fpe.Research.Formulas;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// A formula of disjoint clauses of positive literals. Each input is 1 with the probability that makes half of the samples true; each seed
/// has its own samples.
/// </summary>
internal sealed class BooleanTask : LearningTask
{
    /// <summary>Number of test samples.</summary>
    public const int TestSamples = 4000;

    /// <summary>Number of outputs of the network: one, greater than 0 for true.</summary>
    public const int Outputs = 1;

    /// <inheritdoc/>
    public override Loss Loss => Loss.SigmoidCrossEntropy;

    /// <summary>Variables of the formula.</summary>
    public static int Inputs(Setting setting) => setting.Clauses!.Value * setting.Literals!.Value;

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed)
    {
        DnfFormula formula = DnfFormula.ReadOnce(setting.Clauses!.Value, setting.Literals!.Value);
        DnfSampler sampler = DnfSampler.HalfPositive(formula);
        return new TaskData(
            sampler.Draw("training samples", setting.TrainSamples, seed, part: 0),
            sampler.Draw("test samples", TestSamples, seed, part: 1),
            formula.InputGroups);
    }

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) =>
        MultilayerPerceptron.Plan(setting, Inputs(setting), Outputs, expansion);
}
