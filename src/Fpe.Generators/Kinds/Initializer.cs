using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Kinds;

/// <summary>Writes object initializers as emitted code.</summary>
internal static class Initializer
{
    /// <summary>Returns the code that constructs an object and sets some of its properties, each on separate lines.</summary>
    public static string After(string creation, IEnumerable<string> options) =>
        string.Join("\n", [creation, "{", .. options.SelectMany(option => $"{option},".Split('\n')).Select(line => "    " + line), "}"]);
}
