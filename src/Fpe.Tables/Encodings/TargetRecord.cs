namespace Fpe.Tables;

/// <summary>A target as it is in a file.</summary>
internal sealed record TargetRecord(TargetKind Kind, string[] Columns, string Missing, string[]? ClassNames = null, char? Separator = null)
{
    public static TargetRecord Of(TargetKind kind, TargetColumns target) => new(kind, [.. target.Names], target.Missing.Treatment.ToString());

    /// <summary>Returns the encoding; null if the record does not describe one.</summary>
    /// <exception cref="TableColumnException">An option does not fit.</exception>
    public TargetEncoding? ToEncoding()
    {
        if (Columns.Length == 0 || Tables.Missing.Of(Missing, number: null, name: null) is not { } missing)
            return null;
        TargetColumns? target = Kind switch
        {
            TargetKind.Class when Columns is [var name] && ClassNames is not null => new ClassColumn(name) { Missing = missing, ClassNames = ClassNames },
            TargetKind.Numbers => new NumberTargets(Columns) { Missing = missing },
            TargetKind.Labels => new LabelColumns(Columns) { Missing = missing },
            TargetKind.LabelList when Columns is [var name] && ClassNames is not null && Separator is { } separator =>
                new LabelListColumn(name, separator) { Missing = missing, LabelNames = ClassNames },
            _ => null,
        };
        target?.Check();
        return target switch
        {
            ClassColumn column => new ClassEncoding(column, new Categories(column.Name, column.ClassNames!)),
            LabelListColumn column => new LabelListEncoding(column, new Categories(column.Name, column.LabelNames!)),
            NumberTargets columns => new NumberTargetEncoding(columns),
            LabelColumns columns => new LabelColumnsEncoding(columns),
            _ => null,
        };
    }
}
