# cmake -D program=OPSI_SIZING -D folder=SHARE -P print_files.cmake: the man pages, compressed, and the completion scripts
# that the program prints, in the folders below /usr/share where Debian's man and shells look for them.
file(REMOVE_RECURSE ${folder})

# print(FILE ARGUMENT...): what the program prints, as a file.
function(print file)
  cmake_path(GET file PARENT_PATH parent)
  file(MAKE_DIRECTORY ${folder}/${parent})
  execute_process(COMMAND ${program} ${ARGN} OUTPUT_FILE ${folder}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

print(bash-completion/completions/opsi-sizing completion bash)
print(zsh/vendor-completions/_opsi-sizing completion zsh)
print(fish/vendor_completions.d/opsi-sizing.fish completion fish)

execute_process(COMMAND ${program} help OUTPUT_VARIABLE overview COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE ".*\nCommands:\n" "" list "${overview}")
string(REGEX REPLACE "\n\n.*" "" list "${list}")
string(REGEX MATCHALL "(^|\n)  [a-z-]+" commands "${list}")
print(man/man1/opsi-sizing.1 help --man)
foreach(command IN LISTS commands)
  string(STRIP "${command}" command)
  print(man/man1/opsi-sizing-${command}.1 help --man ${command})
endforeach()
file(GLOB pages ${folder}/man/man1/*.1)
execute_process(COMMAND gzip -9 -n ${pages} COMMAND_ERROR_IS_FATAL ANY)
