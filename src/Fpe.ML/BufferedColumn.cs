using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>The values of a column for rows that were read ahead.</summary>
internal abstract class BufferedColumn
{
    /// <summary>Creates the buffer of a column.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="column">The column, which fits.</param>
    /// <param name="rows">The number of rows.</param>
    public static BufferedColumn Of(DataViewRow row, DataViewSchema.Column column, int rows)
    {
        Type type = column.Type is VectorDataViewType vector
            ? typeof(BufferedVector<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(BufferedScalar<>).MakeGenericType(column.Type.RawType);
        return (BufferedColumn)Activator.CreateInstance(type, row, column, rows)!;
    }

    /// <summary>
    /// Returns whether values of a type can be kept: numbers, texts, keys, times and vectors of them. Others, such as images, belong to the
    /// cursor until it moves.
    /// </summary>
    public static bool Fits(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType { ItemType: PrimitiveDataViewType };

    /// <summary>Reads the value of the current row of the cursor.</summary>
    /// <param name="row">The number of the row in the buffer.</param>
    public abstract void Read(int row);

    /// <summary>Returns a <see cref="ValueGetter{TValue}"/> over the buffer.</summary>
    /// <param name="current">Returns the number of the row to read.</param>
    public abstract Delegate GetterOf(Func<int> current);
}
