using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>Labels in one column that lists their names.</summary>
/// <param name="column">The column.</param>
/// <param name="labels">The names.</param>
internal sealed class LabelListEncoding(LabelListColumn column, Categories labels) : TargetEncoding
{
    public override TargetColumns Target { get; } = new LabelListColumn(column.Name, column.Separator) { LabelNames = labels.Names };

    public override IReadOnlyList<string> Names => labels.Names;

    public override ModelTask? Task => ModelTask.MultiLabel;

    /// <exception cref="TableColumnException">There are fewer than two labels.</exception>
    public static LabelListEncoding Learn(LabelListColumn column, Table train)
    {
        IReadOnlyList<string> names = column.LabelNames
            ?? [.. train.Text(column.Name).Used().SelectMany(list => NamesIn(list, column.Separator)).Distinct().Order(StringComparer.Ordinal)];
        return names.Count >= 2
            ? new LabelListEncoding(column, new Categories(column.Name, names))
            : throw new TableColumnException(train.Name, Invariant($"column '{column.Name}' has {names.Count} labels in {train.Count} training rows, but at least two are needed; check the separator, which is '{column.Separator}', or use a ClassColumn."));
    }

    public override TargetValues Read(Table table)
    {
        TextValues lists = table.Text(column.Name);
        var targets = new float[checked(table.Count * labels.Count)];
        for (int row = 0; row < table.Count; row++)
        {
            if (lists.Codes[row] == TextValues.Missing)
                continue;
            foreach (string name in NamesIn(lists.Texts[lists.Codes[row]], column.Separator))
                targets[(row * labels.Count) + (labels.NumberOf(name) ?? throw labels.Unknown(table, row, lists, name, "label"))] = 1;
        }

        return new TargetValues(Labels: null, targets, labels.Count);
    }

    public override TargetRecord ToRecord() => TargetRecord.Of(TargetKind.LabelList, column) with { ClassNames = [.. labels.Names], Separator = column.Separator };

    private static string[] NamesIn(string list, char separator) =>
        list.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
