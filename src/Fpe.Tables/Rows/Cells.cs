using System.Numerics;

namespace Fpe.Tables;

/// <summary>The values of a column that have been added so far, and that of the row that is being added.</summary>
/// <param name="slot">The column.</param>
internal abstract class Cells(Slot slot)
{
    public Slot Slot { get; } = slot;

    /// <summary>The number of the column in the file, from 1.</summary>
    public int Number { get; set; }

    /// <summary>Whether the row has no value.</summary>
    public bool IsMissing { get; protected set; }

    /// <summary>Begins a row, in which the value is missing until it is set.</summary>
    public virtual void Clear() => IsMissing = true;

    /// <summary>Sets the value; returns what is wrong with it, or null.</summary>
    public abstract string? SetNumber<T>(T value)
        where T : struct, INumber<T>;

    /// <inheritdoc cref="SetNumber"/>
    public abstract string? SetBoolean(bool value);

    /// <inheritdoc cref="SetNumber"/>
    public abstract string? SetText(ReadOnlySpan<char> text);

    /// <summary>Adds the row.</summary>
    public abstract void Add();

    /// <summary>Returns all rows.</summary>
    public abstract TableColumn ToColumn();
}
