using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>An immutable list that compares by its elements, so that records with lists compare by value.</summary>
internal sealed class ValueList<T>(params T[] items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    /// <summary>The empty list.</summary>
    public static ValueList<T> Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && items.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Aggregate(Count, (hash, item) => unchecked((hash * 31) + (item?.GetHashCode() ?? 0)));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.AsEnumerable().GetEnumerator();

    /// <summary>Returns the elements in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", items.Select(item => $"{item}"))}]";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
