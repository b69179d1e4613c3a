using System.IO.Compression;

namespace Fpe.ML.Tests;

/// <summary>The part of a file of ML.NET that is the network's.</summary>
internal static class NetworkPart
{
    public static byte[] Read(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream entry = archive.Entries.Single(entry => entry.Name == "Network.bin").Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    public static void Replace(string path, byte[] content)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update);
        using Stream entry = archive.Entries.Single(entry => entry.Name == "Network.bin").Open();
        entry.SetLength(0);
        entry.Write(content);
    }
}
