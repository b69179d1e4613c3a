using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A number, or a vector of them.</summary>
internal sealed class RegressionTask : NetworkTask
{
    /// <inheritdoc/>
    public override bool StandardizesTargets => true;

    /// <inheritdoc/>
    protected override string Kind => "Regression";

    /// <inheritdoc/>
    public override Loss LossOf(ModelPlan plan) => Loss.MeanSquaredError;

    /// <inheritdoc/>
    public override void CheckLabel(DataViewSchema.Column label, ModelPlan plan)
    {
        if (label.Type is BooleanDataViewType || Numbers.WidthOf(label.Type) is not { } width)
            throw new ColumnException(label.Name, $"its type is {label.Type}, but a regression learns a Single or a vector of them; convert it with mlContext.Transforms.Conversion.ConvertType.");
        if (width != plan.OutputCount)
            throw new ColumnException(label.Name, $"it has {width} values, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {width} neurons.");
    }

    /// <inheritdoc/>
    public override LabelReader ReadLabel(DataViewRow row, DataViewSchema.Column label, ModelPlan plan) => new TargetReader(new Numbers(row, label));

    /// <inheritdoc/>
    public override IReadOnlyList<OutputColumn> Outputs(ModelPlan plan, KeyNames? names, uint set) =>
        [OutputColumn.OfNumbers(OutputColumn.Score, plan.OutputCount == 1 ? null : plan.OutputCount, Annotate(set, OutputColumn.Score), Keep)];
}
