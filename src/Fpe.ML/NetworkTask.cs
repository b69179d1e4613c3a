using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A task of ML.NET: which label it learns from, by which loss, and which columns it predicts.</summary>
internal abstract class NetworkTask
{
    /// <summary>All tasks; a file has the position of its own.</summary>
    public static readonly NetworkTask[] All = [new MulticlassTask(), new BinaryTask(), new RegressionTask(), new MultiLabelTask()];

    /// <summary>The task in the words of ML.NET.</summary>
    protected abstract string Kind { get; }

    /// <summary>Whether target values are standardised with the features.</summary>
    public virtual bool StandardizesTargets => false;

    /// <summary>Returns the task of a type.</summary>
    public static TTask Get<TTask>()
        where TTask : NetworkTask => All.OfType<TTask>().Single();

    /// <summary>Returns the loss of a model.</summary>
    public abstract Loss LossOf(ModelPlan plan);

    /// <summary>Checks that a label fits the model.</summary>
    /// <exception cref="ColumnException">It does not.</exception>
    public abstract void CheckLabel(DataViewSchema.Column label, ModelPlan plan);

    /// <summary>Returns the reader of the label of each row.</summary>
    public abstract LabelReader ReadLabel(DataViewRow row, DataViewSchema.Column label, ModelPlan plan);

    /// <summary>Returns the columns of a prediction.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="names">What the classes stand for; null if they have no names.</param>
    /// <param name="set">The number of the set of columns.</param>
    public abstract IReadOnlyList<OutputColumn> Outputs(ModelPlan plan, KeyNames? names, uint set);

    /// <summary>The annotations of a column.</summary>
    protected DataViewSchema.Annotations Annotate(uint set, string value, IReadOnlyList<string>? slots = null, KeyNames? keys = null) =>
        ScoreAnnotations.Of(set, Kind, value, slots, keys);

    /// <summary>Applies the logistic function to each value.</summary>
    protected static void Sigmoid(float[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(1 / (1 + Math.Exp(-values[i])));
    }

    /// <summary>Leaves values as they are.</summary>
    protected static void Keep(float[] values)
    {
    }
}
