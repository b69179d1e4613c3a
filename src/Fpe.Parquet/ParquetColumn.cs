using System.Numerics;
using Fpe.Tables;
using Parquet;
using Parquet.Schema;

namespace Fpe.Parquet;

/// <summary>The values of a column in one row group.</summary>
internal abstract class ParquetColumn
{
    /// <summary>Returns whether the values of a field are numbers, Booleans or texts.</summary>
    public static bool CanRead(DataField field) => Kind(field) is not null;

    /// <summary>Returns the type of a field for messages.</summary>
    public static string TypeOf(Field field) => field is DataField data ? (data.IsArray ? $"list of {data.ClrType.Name}" : data.ClrType.Name) : field.SchemaType.ToString();

    /// <summary>Reads a column.</summary>
    public static Task<ParquetColumn> ReadAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellation) => Kind(field) switch
    {
        TypeCode.Boolean => ValuesAsync<bool>(group, field, (builder, column, value) => builder.SetBoolean(column, value), cancellation),
        TypeCode.Byte => NumbersAsync<byte>(group, field, cancellation),
        TypeCode.SByte => NumbersAsync<sbyte>(group, field, cancellation),
        TypeCode.Int16 => NumbersAsync<short>(group, field, cancellation),
        TypeCode.UInt16 => NumbersAsync<ushort>(group, field, cancellation),
        TypeCode.Int32 => NumbersAsync<int>(group, field, cancellation),
        TypeCode.UInt32 => NumbersAsync<uint>(group, field, cancellation),
        TypeCode.Int64 => NumbersAsync<long>(group, field, cancellation),
        TypeCode.UInt64 => NumbersAsync<ulong>(group, field, cancellation),
        TypeCode.Single => NumbersAsync<float>(group, field, cancellation),
        TypeCode.Double => NumbersAsync<double>(group, field, cancellation),
        TypeCode.Decimal => NumbersAsync<decimal>(group, field, cancellation),
        TypeCode.String => TextsAsync(group, field, cancellation),
        _ => throw new NotSupportedException($"A column of {TypeOf(field)} cannot be read."),
    };

    /// <summary>Sets the value of a row; nothing if it is missing.</summary>
    public abstract void Set(TableBuilder builder, int column, int row);

    private static TypeCode? Kind(DataField field)
    {
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
            return TypeCode.String;
        TypeCode code = Type.GetTypeCode(field.ClrType);
        return code is TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.Decimal) ? code : null;
    }

    private static Task<ParquetColumn> NumbersAsync<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
        where T : struct, INumber<T> =>
        ValuesAsync<T>(group, field, (builder, column, value) => builder.SetNumber(column, value), cancellation);

    private static async Task<ParquetColumn> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, Action<TableBuilder, int, T> set, CancellationToken cancellation)
        where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
            return new Column<T?>(values, (builder, column, value) =>
            {
                if (value is { } present)
                    set(builder, column, present);
            });
        }

        var all = new T[group.RowCount];
        await group.ReadAsync(field, all.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
        return new Column<T>(all, set);
    }

    private static async Task<ParquetColumn> TextsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
        return new Column<string?>(values, (builder, column, value) => builder.SetText(column, value));
    }

    private sealed class Column<T>(T[] values, Action<TableBuilder, int, T> set) : ParquetColumn
    {
        public override void Set(TableBuilder builder, int column, int row) => set(builder, column, values[row]);
    }
}
