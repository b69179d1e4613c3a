namespace Fpe.Tables;

/// <summary>Targets that are numbers.</summary>
/// <param name="columns">The columns.</param>
internal sealed class NumberTargetEncoding(NumberTargets columns) : TargetEncoding
{
    public override TargetColumns Target => columns;

    public override IReadOnlyList<string> Names => columns.Names;

    public override ModelTask? Task => ModelTask.Regression;

    public override TargetValues Read(Table table) => new(Labels: null, Read(table, columns.Names), columns.Names.Count);

    public override TargetRecord ToRecord() => TargetRecord.Of(TargetKind.Numbers, columns);

    /// <summary>Returns numbers of several columns, row by row.</summary>
    /// <exception cref="MissingValueException">A number is missing.</exception>
    public static float[] Read(Table table, IReadOnlyList<string> names)
    {
        var targets = new float[checked(table.Count * names.Count)];
        for (int column = 0; column < names.Count; column++)
        {
            NumberValues values = table.Numbers(names[column]);
            for (int row = 0; row < table.Count; row++)
            {
                float value = values.Values[row];
                targets[(row * names.Count) + column] = float.IsNaN(value) ? throw Categories.Missing(table, row, values) : value;
            }
        }

        return targets;
    }
}
