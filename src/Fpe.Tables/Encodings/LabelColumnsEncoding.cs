namespace Fpe.Tables;

/// <summary>A label for each column.</summary>
/// <param name="columns">The columns.</param>
internal sealed class LabelColumnsEncoding(LabelColumns columns) : TargetEncoding
{
    public override TargetColumns Target => columns;

    public override IReadOnlyList<string> Names => columns.Names;

    public override ModelTask? Task => ModelTask.MultiLabel;

    public override TargetValues Read(Table table) => new(Labels: null, NumberTargetEncoding.Read(table, columns.Names), columns.Names.Count);

    public override TargetRecord ToRecord() => TargetRecord.Of(TargetKind.Labels, columns);
}
