using Fpe.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace Fpe.ML;

/// <summary>A column of numbers, a scalar or a vector, as a row of finite numbers.</summary>
internal sealed class Numbers
{
    private readonly DataViewSchema.Column column;
    private readonly Action<Span<float>> read;

    /// <param name="row">The row or cursor.</param>
    /// <param name="column">The column, of type Single or Boolean, or a vector of known size of them.</param>
    public Numbers(DataViewRow row, DataViewSchema.Column column)
    {
        this.column = column;
        Width = WidthOf(column.Type) ?? throw new ColumnException(column.Name, $"its type is {column.Type}, which is no number.");
        read = column.Type switch
        {
            VectorDataViewType { ItemType: BooleanDataViewType } => Vector<bool>(row, column, value => value ? 1 : 0),
            VectorDataViewType => Vector<float>(row, column, value => value),
            BooleanDataViewType => Scalar<bool>(row, column, value => value ? 1 : 0),
            _ => Scalar<float>(row, column, value => value),
        };
    }

    /// <summary>The number of values in a row.</summary>
    public int Width { get; }

    /// <summary>Returns the number of values in a row; null if they are no numbers of single precision, or their number is not known.</summary>
    public static int? WidthOf(DataViewType type) => type switch
    {
        NumberDataViewType number when number == NumberDataViewType.Single => 1,
        BooleanDataViewType => 1,
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single || vector.ItemType is BooleanDataViewType => vector.Size,
        _ => null,
    };

    /// <summary>Reads the values of the current row.</summary>
    /// <exception cref="DatasetException">A value is not finite.</exception>
    public void Read(long row, Span<float> values)
    {
        read(values);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new DatasetException($"Column {column.Name}", Invariant($"row {row} has {values[i]}{PlaceOf(i)}; replace missing values before, as with mlContext.Transforms.ReplaceMissingValues."));
        }
    }

    private string PlaceOf(int slot)
    {
        if (Width == 1)
            return "";
        if (!column.HasSlotNames())
            return Invariant($" in slot {slot}");
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return Invariant($" in slot {slot} ({names.GetItemOrDefault(slot)})");
    }

    private static Action<Span<float>> Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
        where T : unmanaged
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return values =>
        {
            T value = default;
            getter(ref value);
            values[0] = convert(value);
        };
    }

    private static Action<Span<float>> Vector<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
        where T : unmanaged
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return values =>
        {
            getter(ref buffer);
            values.Clear();
            foreach (KeyValuePair<int, T> item in buffer.Items())
                values[item.Key] = convert(item.Value);
        };
    }
}
