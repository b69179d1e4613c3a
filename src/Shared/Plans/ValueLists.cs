using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>Creates <see cref="ValueList{T}"/> from sequences.</summary>
internal static class ValueLists
{
    /// <summary>Copies a sequence; a list that compares by value is returned as it is.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => items as ValueList<T> ?? new([.. items]);
}
