using System.Security.Cryptography;
using System.Text;
using Fpe.Files;

namespace Fpe.Cli.Results;

/// <summary>The lock of a results file: a separate file, so that the results can be read at any time.</summary>
internal static class ResultsLock
{
    private const string Extension = ".lock";

    /// <summary>Maximum length of a file name, in bytes.</summary>
    private const int LongestName = 255;

    /// <summary>Returns the path of the lock, after resolving links.</summary>
    /// <param name="path">The results file.</param>
    /// <exception cref="FileAccessException">The path is invalid, or its links form a cycle.</exception>
    public static string PathOf(string path)
    {
        string location = FileIdentity.Of(path).Location;
        string name = Path.GetFileName(location) + Extension;
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
            name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) + Extension;
        return Path.Combine(Path.GetDirectoryName(location)!, name);
    }
}
