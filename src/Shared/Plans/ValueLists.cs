using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>Creates <see cref="ValueList{T}"/> from sequences.</summary>
internal static class ValueLists
{
    /// <summary>Copies a sequence; a list that already compares by value is returned unchanged.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => items as ValueList<T> ?? new([.. items]);
}
