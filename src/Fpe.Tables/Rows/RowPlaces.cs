using Fpe.Data.Files;

namespace Fpe.Tables;

/// <summary>Where the rows of a table are in their file.</summary>
internal sealed class RowPlaces
{
    private readonly List<long> numbers = [];
    private readonly List<int> groups = [];
    private FilePlaceUnit? unit;

    public int Count => numbers.Count;

    public FilePlace this[int row] => unit is null ? default : new FilePlace(unit, numbers[row], groups.Count > 0 ? groups[row] : 0);

    /// <summary>Adds the place of the next row; all have the same unit.</summary>
    public void Add(FilePlace place)
    {
        unit = place.Unit;
        numbers.Add(place.Number);
        if (place.Unit is FilePlaceUnit.RowOfGroup or FilePlaceUnit.RowOfBatch)
            groups.Add(place.Group);
    }

    public RowPlaces Select(ReadOnlySpan<int> rows)
    {
        var selected = new RowPlaces();
        foreach (int row in rows)
            selected.Add(this[row]);
        return selected;
    }
}
