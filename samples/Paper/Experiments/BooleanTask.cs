using Fpe.Expansion;
using Fpe.Research.Formulas;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// A formula of disjoint clauses of positive literals. Every input is 1 with the probability that makes half of the samples true;
/// every seed has samples of its own.
/// </summary>
internal sealed class BooleanTask : LearningTask
{
    /// <summary>Samples that networks are measured on.</summary>
    public const int TestSamples = 4000;

    /// <summary>Outputs of the network: one, above 0 for true.</summary>
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
