using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>Yes or no, by a model with one output or with two.</summary>
internal sealed class BinaryTask : NetworkTask
{
    /// <inheritdoc/>
    protected override string Kind => "BinaryClassification";

    /// <inheritdoc/>
    public override Loss LossOf(ModelPlan plan) => plan.OutputCount == 1 ? Loss.SigmoidCrossEntropy : Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override void CheckLabel(DataViewSchema.Column label, ModelPlan plan)
    {
        if (label.Type is not BooleanDataViewType)
            throw new ColumnException(label.Name, $"its type is {label.Type}, but a binary label is Boolean; convert it, or train a multiclass classifier.");
        if (plan.OutputCount is not (1 or 2))
            throw new ColumnException(label.Name, $"it is Boolean, but {plan.Name} has {plan.OutputCount} outputs; give its last layer 1 neuron.");
    }

    /// <inheritdoc/>
    public override LabelReader ReadLabel(DataViewRow row, DataViewSchema.Column label, ModelPlan plan)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(label);
        return new ClassReader(classCount: 2, _ =>
        {
            bool value = false;
            getter(ref value);
            return value ? 1 : 0;
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OutputColumn> Outputs(ModelPlan plan, KeyNames? names, uint set) =>
    [
        new(OutputColumn.PredictedLabel, BooleanDataViewType.Instance, Annotate(set, OutputColumn.PredictedLabel), outputs => new ConvertedOutputs(outputs, LogOdds).GetterOf<bool>((values, ref answer) => answer = values[0] > 0)),
        OutputColumn.OfNumbers(OutputColumn.Score, width: null, Annotate(set, OutputColumn.Score), LogOdds),
        OutputColumn.OfNumbers(OutputColumn.Probability, width: null, Annotate(set, OutputColumn.Probability), values =>
        {
            LogOdds(values);
            Sigmoid(values);
        }),
    ];

    /// <summary>The logarithm of the odds of yes, as the first value.</summary>
    private static void LogOdds(float[] values)
    {
        if (values.Length == 2)
            values[0] = values[1] - values[0];
    }
}
