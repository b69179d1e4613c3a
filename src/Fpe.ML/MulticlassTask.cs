using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace Fpe.ML;

/// <summary>One of several classes, which are keys.</summary>
internal sealed class MulticlassTask : NetworkTask
{
    /// <inheritdoc/>
    protected override string Kind => "MulticlassClassification";

    /// <inheritdoc/>
    public override Loss LossOf(ModelPlan plan) => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override void CheckLabel(DataViewSchema.Column label, ModelPlan plan)
    {
        if (label.Type is not KeyDataViewType keys)
            throw new ColumnException(label.Name, $"its type is {label.Type}, but classes are keys; add mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\").");
        if (keys.Count != (ulong)plan.OutputCount)
            throw new ColumnException(label.Name, Invariant($"it has {keys.Count} keys, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {keys.Count} neurons."));
    }

    /// <inheritdoc/>
    public override LabelReader ReadLabel(DataViewRow row, DataViewSchema.Column label, ModelPlan plan)
    {
        Func<ulong> key = label.Type.RawType switch
        {
            Type type when type == typeof(byte) => Key<byte>(value => value),
            Type type when type == typeof(ushort) => Key<ushort>(value => value),
            Type type when type == typeof(uint) => Key<uint>(value => value),
            _ => Key<ulong>(value => value),
        };
        return new ClassReader(plan.OutputCount, position => key() is > 0 and var value && value <= (ulong)plan.OutputCount
            ? (int)value - 1
            : throw new DatasetException($"Column {label.Name}", Invariant($"row {position} has no label; remove such rows, as with mlContext.Data.FilterRowsByMissingValues.")));

        Func<ulong> Key<T>(Func<T, ulong> convert)
            where T : unmanaged
        {
            ValueGetter<T> getter = row.GetGetter<T>(label);
            return () =>
            {
                T value = default;
                getter(ref value);
                return convert(value);
            };
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OutputColumn> Outputs(ModelPlan plan, KeyNames? names, uint set) =>
    [
        new(OutputColumn.PredictedLabel, new KeyDataViewType(typeof(uint), plan.OutputCount), Annotate(set, OutputColumn.PredictedLabel, keys: names), outputs => new ConvertedOutputs(outputs, Keep).GetterOf<uint>((values, ref key) => key = (uint)Largest(values) + 1)),
        OutputColumn.OfNumbers(OutputColumn.Score, plan.OutputCount, Annotate(set, OutputColumn.Score, names?.Texts), Softmax),
    ];

    private static int Largest(float[] values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }

        return best;
    }

    private static void Softmax(float[] values)
    {
        float largest = values.Max();
        double sum = values.Sum(value => Math.Exp(value - largest));
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Exp(values[i] - largest) / sum);
    }
}
