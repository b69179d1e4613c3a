using System.Numerics;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using Fpe.Tables;
using static System.FormattableString;

namespace Fpe.Arrow;

/// <summary>Reads values of columns.</summary>
internal static class ArrowColumn
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private delegate ReadOnlySpan<byte> BytesOfRow(int row, out bool isMissing);

    /// <exception cref="TableColumnException">The values of a column are neither numbers, nor Booleans, nor texts.</exception>
    public static void Check(string path, int place, Field field)
    {
        IArrowType type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        if (!CanRead(type.TypeId))
            throw new TableColumnException(path, Invariant($"column {place + 1} ('{field.Name}') has values of type {type.Name}, which cannot be used; convert it to numbers or text."));
    }

    /// <summary>Returns what sets the value of a row; nothing if it is missing.</summary>
    public static Action<TableBuilder, int, int> SetterOf(IArrowArray values) => values switch
    {
        DictionaryArray dictionary => OfDictionary(dictionary),
        StringArray texts => OfTexts(texts.GetBytes),
        LargeStringArray texts => OfTexts(texts.GetBytes),
        StringViewArray texts => OfTexts(texts.GetBytes),
        BooleanArray flags => (builder, column, row) => SetBoolean(builder, column, flags.GetValue(row)),
        FloatArray numbers => (builder, column, row) => SetNumber(builder, column, numbers.GetValue(row)),
        DoubleArray numbers => (builder, column, row) => SetNumber(builder, column, numbers.GetValue(row)),
        HalfFloatArray numbers => (builder, column, row) => SetNumber(builder, column, numbers.GetValue(row)),
        UInt64Array numbers => (builder, column, row) => SetNumber(builder, column, numbers.GetValue(row)),
        Decimal128Array numbers => (builder, column, row) => SetNumber(builder, column, numbers.GetValue(row)),
        NullArray => SetNothing,
        _ => OfIntegers(IntegersOf(values)),
    };

    private static bool CanRead(ArrowTypeId type) => type is
        ArrowTypeId.Null or ArrowTypeId.Boolean
        or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
        or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
        or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128
        or ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView;

    private static void SetNothing(TableBuilder builder, int column, int row)
    {
    }

    private static void SetBoolean(TableBuilder builder, int column, bool? value)
    {
        if (value is { } flag)
            builder.SetBoolean(column, flag);
    }

    private static void SetNumber<T>(TableBuilder builder, int column, T? value)
        where T : struct, INumber<T>
    {
        if (value is { } number)
            builder.SetNumber(column, number);
    }

    // GetString of the library reads wherever a damaged offset points to; GetBytes checks it.
    private static Action<TableBuilder, int, int> OfTexts(BytesOfRow bytesOf) => (builder, column, row) =>
    {
        ReadOnlySpan<byte> bytes = bytesOf(row, out bool isMissing);
        if (!isMissing)
            builder.SetText(column, Utf8.GetString(bytes));
    };

    private static Action<TableBuilder, int, int> OfIntegers(Func<int, long?> integers) => (builder, column, row) =>
    {
        if (integers(row) is { } value)
            builder.SetNumber(column, value);
    };

    private static Action<TableBuilder, int, int> OfDictionary(DictionaryArray dictionary)
    {
        Func<int, long?> indices = IntegersOf(dictionary.Indices);
        Action<TableBuilder, int, int> set = SetterOf(dictionary.Dictionary);
        return (builder, column, row) =>
        {
            if (indices(row) is { } index)
                set(builder, column, checked((int)index));
        };
    }

    private static Func<int, long?> IntegersOf(IArrowArray values) => values switch
    {
        Int8Array integers => row => integers.GetValue(row),
        Int16Array integers => row => integers.GetValue(row),
        Int32Array integers => row => integers.GetValue(row),
        Int64Array integers => row => integers.GetValue(row),
        UInt8Array integers => row => integers.GetValue(row),
        UInt16Array integers => row => integers.GetValue(row),
        UInt32Array integers => row => integers.GetValue(row),
        _ => throw new NotSupportedException($"A column of {values.Data.DataType.Name} cannot be read."),
    };
}
