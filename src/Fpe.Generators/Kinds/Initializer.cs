using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Kinds;

/// <summary>Object initializers, as emitted code writes them.</summary>
internal static class Initializer
{
    /// <summary>Code that constructs an object and sets some of its properties, each on lines of its own.</summary>
    public static string After(string creation, IEnumerable<string> options) =>
        string.Join("\n", [creation, "{", .. options.SelectMany(option => $"{option},".Split('\n')).Select(line => "    " + line), "}"]);
}
