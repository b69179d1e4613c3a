using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>A class by its name.</summary>
/// <param name="column">The column.</param>
/// <param name="classes">Its classes.</param>
internal sealed class ClassEncoding(ClassColumn column, Categories classes) : TargetEncoding
{
    public override TargetColumns Target { get; } = new ClassColumn(column.Name) { Missing = column.Missing, ClassNames = classes.Names };

    public override IReadOnlyList<string> Names => classes.Names;

    /// <summary>Two classes fit one output or two.</summary>
    public override ModelTask? Task => classes.Names.Count > 2 ? ModelTask.Classification : null;

    /// <exception cref="TableColumnException">There is only one class, or one has no rows.</exception>
    public static ClassEncoding Learn(ClassColumn column, Table train)
    {
        string[] found = train.Text(column.Name).Used();
        IReadOnlyList<string> names = column.ClassNames ?? found;
        if (column.ClassNames?.Except(found).FirstOrDefault() is { } empty)
            throw new TableColumnException(train.Name, Invariant($"column '{column.Name}': none of {train.Count} training rows has the class '{empty}', so it cannot be learned; add rows, or remove it from ClassNames."));
        if (names.Count < 2)
            throw new TableColumnException(train.Name, Invariant($"column '{column.Name}': all {train.Count} training rows have the class '{names[0]}', so there is nothing to learn; add rows of other classes."));
        return new ClassEncoding(column, new Categories(column.Name, names));
    }

    public override TargetValues Read(Table table) => new(classes.NumbersIn(table, "class"), Targets: null, classes.Count);

    public override TargetRecord ToRecord() => TargetRecord.Of(TargetKind.Class, column) with { ClassNames = [.. classes.Names] };
}
