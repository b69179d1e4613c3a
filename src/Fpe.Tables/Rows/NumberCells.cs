using System.Globalization;
using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>The values of a column of numbers, or of flags, which are 0 and 1.</summary>
/// <param name="slot">The column.</param>
/// <param name="format">How numbers are written in texts.</param>
internal sealed class NumberCells(Slot slot, NumberFormatInfo format) : Cells(slot)
{
    private readonly List<float> values = [];
    private float value;

    public override void Clear()
    {
        base.Clear();
        value = float.NaN;
    }

    public override string? SetNumber<T>(T value)
    {
        this.value = float.CreateChecked(value);
        IsMissing = T.IsNaN(value);
        if (!IsMissing && !float.IsFinite(this.value))
            return Invariant($"{value} is not a finite 32-bit number; correct it, or use another unit for the column.");
        return IsMissing || Slot.Kind != CellKind.Flag || value == T.Zero || value == T.One ? null : OfFlag(Invariant($"{value}"));
    }

    public override string? SetBoolean(bool value) => SetNumber(value ? 1 : 0);

    public override string? SetText(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
            return null;
        if (Slot.Kind == CellKind.Flag && bool.TryParse(text, out bool flag))
            return SetBoolean(flag);
        return float.TryParse(text, NumberStyles.Float, format, out float number) && float.IsFinite(number)
            ? SetNumber(number)
            : ProblemOf(text);
    }

    public override void Add() => values.Add(value);

    public override TableColumn ToColumn() => new NumberValues(Slot.Name, Number, [.. values]);

    private static string OfFlag(string text) => $"'{text}' is not a label; write 1 or true if the row has it, and 0 or false if not.";

    private string ProblemOf(ReadOnlySpan<char> text)
    {
        string quoted = Quotation.Of(text);
        if (Slot.Kind == CellKind.Flag)
            return OfFlag(quoted);
        if (float.TryParse(text, NumberStyles.Float, format, out float number))
            return float.IsNaN(number)
                ? $"'{quoted}' is not a number; if it marks a missing value, list it in CsvOptions.MissingMarks."
                : $"'{quoted}' is not a finite 32-bit number; correct it, or use another unit for the column.";
        bool hasComma = format.NumberDecimalSeparator == ",";
        if (text.ContainsAny(',', '.') && float.TryParse(text.ToString().Replace(hasComma ? '.' : ',', hasComma ? ',' : '.'), NumberStyles.Float, format, out _))
            return hasComma
                ? $"'{quoted}' is not a number with a decimal comma; leave CsvOptions.DecimalComma out if numbers have decimal points, or correct it."
                : $"'{quoted}' is not a number with a decimal point; set CsvOptions.DecimalComma if numbers have decimal commas, or correct it.";
        return $"'{quoted}' is not a number; correct it, list it in CsvOptions.MissingMarks if it marks a missing value, or use the column as a category.";
    }
}
