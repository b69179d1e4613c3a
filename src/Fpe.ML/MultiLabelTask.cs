using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>Several answers of yes or no, which do not exclude each other.</summary>
internal sealed class MultiLabelTask : NetworkTask
{
    /// <inheritdoc/>
    protected override string Kind => "MultiLabelClassification";

    /// <inheritdoc/>
    public override Loss LossOf(ModelPlan plan) => Loss.SigmoidCrossEntropy;

    /// <inheritdoc/>
    public override void CheckLabel(DataViewSchema.Column label, ModelPlan plan)
    {
        if (label.Type is not VectorDataViewType || Numbers.WidthOf(label.Type) is not { } width)
            throw new ColumnException(label.Name, $"its type is {label.Type}, but several labels are a vector of Boolean or Single, 1 for each that holds; make one with mlContext.Transforms.Concatenate.");
        if (width != plan.OutputCount)
            throw new ColumnException(label.Name, $"it has {width} values, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {width} neurons.");
    }

    /// <inheritdoc/>
    public override LabelReader ReadLabel(DataViewRow row, DataViewSchema.Column label, ModelPlan plan) => new TargetReader(new Numbers(row, label));

    /// <inheritdoc/>
    public override IReadOnlyList<OutputColumn> Outputs(ModelPlan plan, KeyNames? names, uint set) =>
    [
        new(OutputColumn.PredictedLabel, new VectorDataViewType(BooleanDataViewType.Instance, plan.OutputCount), Annotate(set, OutputColumn.PredictedLabel), outputs => new ConvertedOutputs(outputs, Keep).GetterOf<VBuffer<bool>>((values, ref answers) => Array.ConvertAll(values, value => value > 0).CopyInto(ref answers))),
        OutputColumn.OfNumbers(OutputColumn.Score, plan.OutputCount, Annotate(set, OutputColumn.Score), Keep),
        OutputColumn.OfNumbers(OutputColumn.Probability, plan.OutputCount, Annotate(set, OutputColumn.Probability), Sigmoid),
    ];
}
