using System.Globalization;

namespace Fpe.Tables;

/// <summary>The values of a column of names.</summary>
/// <param name="slot">The column.</param>
internal sealed class TextCells(Slot slot) : Cells(slot)
{
    private readonly List<int> codes = [];
    private readonly List<string> texts = [];
    private readonly Dictionary<string, int> codeOf = new(StringComparer.Ordinal);
    private int code;

    public override void Clear()
    {
        base.Clear();
        code = TextValues.Missing;
    }

    // A decimal keeps zeros at its end, so that equal ones would be different names.
    public override string? SetNumber<T>(T value) =>
        T.IsNaN(value) ? null : SetText(value.ToString(typeof(T) == typeof(decimal) ? "G29" : null, CultureInfo.InvariantCulture));

    public override string? SetBoolean(bool value) => SetText(value ? "true" : "false");

    public override string? SetText(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
            return null;
        IsMissing = false;
        if (codeOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out code))
            return null;
        code = texts.Count;
        texts.Add(text.ToString());
        codeOf.Add(texts[code], code);
        return null;
    }

    public override void Add() => codes.Add(code);

    public override TableColumn ToColumn() => new TextValues(Slot.Name, Number, [.. codes], [.. texts]);
}
